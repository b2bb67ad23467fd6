package ollamaweb.db;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.sqlobject.customizer.BindMethods;

/** The parameters of a DAO's method and their types in PostgreSQL. */
final class StatementParameters {

    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w']):([A-Za-z]\\w*)");
    private static final Map<Type, String> TYPES = Map.of(long.class, "bigint", Long.class, "bigint", int.class, "int", Integer.class,
            "int",
            String.class, "varchar", Instant.class, "timestamptz", double.class, "float8", Double.class, "float8", boolean.class, "boolean",
            Boolean.class, "boolean");

    private final Map<String, String> types = new HashMap<>();

    private StatementParameters() {}

    static StatementParameters of(Method method) {
        var parameters = new StatementParameters();
        Arrays.stream(method.getParameters()).forEach(parameter -> {
            if (parameter.isAnnotationPresent(BindMethods.class)) {
                parameters.addMethodsOf(parameter.getParameterizedType());
            } else {
                parameters.types.put(parameter.getName(), TYPES.get(element(parameter.getParameterizedType())));
            }
        });
        return parameters;
    }

    /** @return the statement with a null of the right type in the place of each parameter */
    String nullsIn(String sql) {
        return PARAMETER.matcher(sql).replaceAll(found -> "CAST(NULL AS " + types.get(found.group(1)) + ")");
    }

    /** @return the type of one statement's parameter, also where many are given at once */
    private static Type element(Type type) {
        return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
    }

    private void addMethodsOf(Type type) {
        for (var method : ((Class<?>) element(type)).getDeclaredMethods()) {
            if (method.getParameterCount() == 0) {
                types.putIfAbsent(method.getName(), TYPES.get(method.getReturnType()));
            }
        }
    }
}

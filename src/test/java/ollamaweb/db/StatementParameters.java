package ollamaweb.db;

import static java.util.Map.entry;

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
    private static final Map<Type, String> TYPES = Map.ofEntries(entry(long.class, "bigint"), entry(Long.class, "bigint"),
            entry(int.class, "int"), entry(Integer.class, "int"), entry(String.class, "varchar"), entry(Instant.class, "timestamptz"),
            entry(double.class, "float8"), entry(Double.class, "float8"), entry(boolean.class, "boolean"),
            entry(Boolean.class, "boolean"), entry(byte[].class, "bytea"));

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

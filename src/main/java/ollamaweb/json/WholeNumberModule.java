package ollamaweb.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/** {@code 26.0} is an integer, as JSON Schema says; {@code 26.5} is none. */
final class WholeNumberModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    WholeNumberModule() {
        add(Integer.class, BigDecimal::intValueExact);
        add(Integer.TYPE, BigDecimal::intValueExact);
        add(Long.class, BigDecimal::longValueExact);
        add(Long.TYPE, BigDecimal::longValueExact);
    }

    @SuppressWarnings("unchecked")
    private <T> void add(Class<T> type, Function<BigDecimal, T> exact) {
        var usual = (JsonDeserializer<T>) NumberDeserializers.find(type, type.getName());
        addDeserializer(type, new WholeNumberReader<>(type, usual, exact));
    }

    private static final class WholeNumberReader<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient JsonDeserializer<T> usual;
        private final transient Function<BigDecimal, T> exact;

        WholeNumberReader(Class<T> type, JsonDeserializer<T> usual, Function<BigDecimal, T> exact) {
            super(type);
            this.usual = usual;
            this.exact = exact;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                try {
                    return exact.apply(in.getDecimalValue());
                } catch (ArithmeticException hasFractionOrIsTooLarge) {
                    // The usual reader says so.
                }
            }
            return usual.deserialize(in, context);
        }

        @Override
        public T getNullValue(DeserializationContext context) throws JsonMappingException {
            return usual.getNullValue(context);
        }
    }
}

package ollamaweb;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads one variable and blames it by name.
 *
 * @param values of all variables; an empty value counts as unset
 */
record SettingsReader(Map<String, String> values) {

    String text(String name, String fallback) {
        var value = values.get(name);
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    <T> T parsed(String name, String fallback, Function<String, T> parser) {
        var value = text(name, fallback);
        try {
            return value == null ? null : parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new Settings.BadSetting(name, e.getMessage());
        }
    }

    int number(String name, int fallback, int min, int max) {
        return parsed(name, Integer.toString(fallback), value -> {
            if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
                throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
            }
            return Integer.parseInt(value);
        });
    }

    /** A size of at least 1 KiB. */
    long bytes(String name, long fallback, long max) {
        return parsed(name, Long.toString(fallback), value -> {
            if (!value.matches("[0-9]{4,18}") || Long.parseLong(value) < 1024 || Long.parseLong(value) > max) {
                throw new IllegalArgumentException("must be a whole number from 1024 to " + max);
            }
            return Long.parseLong(value);
        });
    }

    boolean flag(String name, boolean fallback) {
        return parsed(name, Boolean.toString(fallback), value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    <E extends Enum<E>> E choice(String name, E fallback, Class<E> type) {
        return parsed(name, fallback.name(), value -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")))));
    }
}

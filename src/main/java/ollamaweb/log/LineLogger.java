package ollamaweb.log;

import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LoggingEventAware;

/** Writes lines as {@link LogFormat} has them; libraries are heard from WARNING on. */
final class LineLogger extends SimpleLogger implements LoggingEventAware {

    private static final long serialVersionUID = 1L;
    private static final String OWN_CODE = "ollamaweb.";

    private final boolean ownCode;
    private final String shownName;

    LineLogger(String name) {
        super(name);
        ownCode = name.startsWith(OWN_CODE);
        shownName = ownCode ? name.substring(OWN_CODE.length()) : name;
    }

    @Override
    protected boolean isLevelEnabled(int level) {
        return Logs.isEnabled(Level.intToLevel(level), ownCode);
    }

    @Override
    public boolean isDebugEnabled() {
        return isLevelEnabled(LOG_LEVEL_DEBUG);
    }

    @Override
    public boolean isTraceEnabled() {
        return isLevelEnabled(LOG_LEVEL_TRACE);
    }

    @Override
    protected void handleNormalizedLoggingCall(Level level, Marker marker, String pattern, Object[] arguments, Throwable error) {
        write(level, pattern, arguments, List.of(), error);
    }

    /** What comes with values that have names. */
    @Override
    public void log(LoggingEvent event) {
        var values = event.getKeyValuePairs();
        write(event.getLevel(), event.getMessage(), event.getArgumentArray(), values == null ? List.of() : values, event.getThrowable());
    }

    private void write(Level level, String pattern, Object[] arguments, List<KeyValuePair> values, Throwable error) {
        Logs.write(new LogLine(Logs.now(), level, shownName, pattern, arguments, values, error));
    }
}

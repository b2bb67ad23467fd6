package ollamaweb.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleLogger;

/** Writes {@code 2025-11-01 20:37:06 - chat.ChatRoutes - INFO - …}; libraries are heard from WARNING on. */
final class LineLogger extends SimpleLogger {

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
        var line = new StringBuilder(shownName).append(" - ").append(Logs.shown(level)).append(" - ")
                .append(MessageFormatter.basicArrayFormat(pattern, arguments));
        if (error != null) {
            line.append(System.lineSeparator()).append(Logs.trace(error));
        }
        Logs.write(level, line.toString());
    }
}

package ollamaweb.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleLoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;

/** slf4j-simple, with loggers that write where {@link Logs} says. */
public final class LogProvider extends SimpleServiceProvider {

    private ILoggerFactory loggers;

    @Override
    public void initialize() {
        super.initialize();
        loggers = new SimpleLoggerFactory() {
            @Override
            protected Logger createLogger(String name) {
                return new LineLogger(name);
            }
        };
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }
}

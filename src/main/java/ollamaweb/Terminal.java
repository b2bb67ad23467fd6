package ollamaweb;

import java.io.Console;

/** Where the program writes to. */
final class Terminal {

    private Terminal() {}

    /**
     * From JDK 22 on there is a console even where there is no terminal, and a method that tells.
     *
     * @return whether somebody looks at the output as it comes
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isOutput() {
        var console = System.console();
        try {
            return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

package ollamaweb.imports.sources;

import java.util.List;
import java.util.regex.Pattern;

/** The names of what is in a zip, in whatever folder it is. */
public final class Members {

    private Members() {}

    /** @return the name without its folders */
    public static String baseName(String member) {
        return member.substring(Math.max(member.lastIndexOf('/'), member.lastIndexOf('\\')) + 1);
    }

    /** @return those whose name without its folders is like this, sorted */
    public static List<String> like(Pattern name, SourceContainer file) {
        return file.members().stream().filter(member -> name.matcher(baseName(member)).matches()).sorted().toList();
    }

    /** @return whether there is one of this name in a folder or outside of any */
    public static boolean has(String name, SourceContainer file) {
        return file.members().stream().anyMatch(member -> baseName(member).equals(name));
    }
}

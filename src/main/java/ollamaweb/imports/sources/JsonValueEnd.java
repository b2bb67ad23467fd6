package ollamaweb.imports.sources;

/** Finds where a JSON value ends, by its brackets and quotes alone. */
final class JsonValueEnd {

    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean begun;
    private boolean reached;

    /** @return whether nothing more belongs to the value */
    boolean isReached() {
        return reached;
    }

    /** @return after the last byte of the document, whether the value may end with it; either way it has no more bytes */
    boolean mayBeHere() {
        reached = true;
        return begun && depth == 0 && !inText;
    }

    /** @return 1 if the byte belongs to the value, 0 if the value ended before it */
    int take(byte c) {
        begun = true;
        if (inText) {
            takeOfText(c);
            return 1;
        }
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                if (depth == 0) {
                    return endBefore();
                }
                depth--;
                reached = depth == 0;
            }
            case ',', ':', ' ', '\n', '\r', '\t' -> {
                if (depth == 0) {
                    return endBefore();
                }
            }
            default -> {
                // a letter or a digit
            }
        }
        return 1;
    }

    private void takeOfText(byte c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inText = false;
            reached = depth == 0;
        }
    }

    private int endBefore() {
        reached = true;
        return 0;
    }
}

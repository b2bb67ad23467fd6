package ollamaweb.testing;

/** What the {@code done:true} object says. A scripted model always claims the same durations: 50 tokens a second. */
record DoneLine(String reason, String lastWords, Integer evalCount, boolean withCounts, int promptTokens) {
    static final DoneLine NORMAL = new DoneLine("stop", "", null, true, 11);

    private static final long LOAD_NANOS = 31_200_145;
    private static final long PROMPT_NANOS = 96_120_000;
    private static final long NANOS_PER_TOKEN = 20_000_000;

    DoneLine withReason(String otherReason) {
        return new DoneLine(otherReason, lastWords, evalCount, withCounts, promptTokens);
    }

    DoneLine withLastWords(String words) {
        return new DoneLine(reason, words, evalCount, withCounts, promptTokens);
    }

    DoneLine withEvalCount(int count) {
        return new DoneLine(reason, lastWords, count, withCounts, promptTokens);
    }

    DoneLine withPromptTokens(int tokens) {
        return new DoneLine(reason, lastWords, evalCount, withCounts, tokens);
    }

    DoneLine withoutCounts() {
        return new DoneLine(reason, lastWords, evalCount, false, promptTokens);
    }

    /** Everything after the message; {@code chunks} is how many pieces of content were said. */
    String fields(int chunks) {
        int tokens = tokens(chunks);
        long total = LOAD_NANOS + PROMPT_NANOS + tokens * NANOS_PER_TOKEN;
        return "\"done\":true,\"done_reason\":" + OllamaJson.quote(reason)
                + ",\"total_duration\":" + total + ",\"load_duration\":" + LOAD_NANOS
                + (withCounts ? counts(tokens) : "");
    }

    int tokens(int chunks) {
        return evalCount == null ? chunks : evalCount;
    }

    private String counts(int tokens) {
        var prompt = ",\"prompt_eval_count\":" + promptTokens + ",\"prompt_eval_duration\":" + PROMPT_NANOS;
        return tokens == 0 ? prompt
                : prompt + ",\"eval_count\":" + tokens + ",\"eval_duration\":" + tokens * NANOS_PER_TOKEN;
    }
}

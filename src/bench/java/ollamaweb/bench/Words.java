package ollamaweb.bench;

import java.util.Random;

/** Makes up what people and models say: common words often, rare ones seldom, some of it Chinese and Japanese. */
final class Words {

    /** In how many messages of a million each rare word is, roughly: 50. */
    static final String[] RARE = {"quokka", "zephyr", "Ångström", "serendipity", "obsidian", "Fibonacci", "kaleidoscope",
            "petrichor", "xylophone", "Wittgenstein"};

    /** The first of the common words. */
    static final String EVERYWHERE = "the";

    private static final String[] COMMON = """
            the of and to a in is that for it as with was on be by this are or from at which an have not can you we but
            they will one all has if more when there would about their time could other into than then some these may
            what like only new also made first between over two way any work use know people year where after should
            because each those through just system model data answer question example number code function value list
            table row query index server client request response token stream message conversation window memory thread
            process file folder key user name text line word sentence language translate explain write read compare
            summary chapter story garden kitchen recipe bread butter water light colour music theory history science
            energy weather travel train station mountain river island museum market price budget monthly weekly report
            meeting project deadline review change update version release error warning failure retry timeout network
            simple complex careful possible useful important different similar general particular strange beautiful
            quickly slowly usually perhaps however therefore although instead together already always never""".strip().split("\\s+");

    private static final String[] FAR_EASTERN = {"量子计算机可以同时处理多种状态。", "请用简单的语言解释一下这个概念。", "数据库的索引让查询更快。",
            "明日の会議の議題をまとめてください。", "この関数は何を返しますか。", "春天的花园里开满了鲜花。", "東京から京都まで新幹線で行きます。"};

    private static final int CHARACTERS = 200;
    private static final int ONE_RARE_IN = 2_000;
    private static final int ONE_FAR_EASTERN_IN = 30;

    private final Random random;

    Words(Random random) {
        this.random = random;
    }

    /** @return about two hundred characters, none of which JSON would have to escape */
    String message() {
        var text = new StringBuilder(CHARACTERS + 40);
        boolean farEastern = random.nextInt(ONE_FAR_EASTERN_IN) == 0;
        while (text.length() < CHARACTERS) {
            if (farEastern) {
                text.append(FAR_EASTERN[random.nextInt(FAR_EASTERN.length)]);
            } else {
                text.append(word()).append(random.nextInt(12) == 0 ? ". " : " ");
            }
        }
        if (random.nextInt(ONE_RARE_IN) == 0) {
            text.append(RARE[random.nextInt(RARE.length)]);
        }
        return text.toString().strip();
    }

    String title() {
        var title = new StringBuilder(word());
        for (int i = random.nextInt(4) + 2; i > 0; i--) {
            title.append(' ').append(word());
        }
        title.setCharAt(0, Character.toUpperCase(title.charAt(0)));
        return title.toString();
    }

    /** Words at the front of the list come more often, as in every language. */
    private String word() {
        double place = random.nextDouble();
        return COMMON[(int) (COMMON.length * place * place)];
    }
}

package ollamaweb.imports.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Set;

/** Reads one JSON value, such as a conversation, into memory, as long as it takes no more of it than it may. */
public final class JsonTreeReader {

    /** The most memory that a value may take, in bytes; of a value of long texts that is about its length. */
    public static final long MOST = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    /** Deeper than the sources nest what they write, but for those that nest messages. */
    public static final int USUAL_DEPTH = 1000;

    private static final int DIGITS = 1000;
    private static final int OBJECT_COST = 160;
    private static final int LIST_COST = 100;
    private static final int TEXT_COST = 72;
    private static final int MEMBER_COST = 48;
    private static final int SCALAR_COST = 24;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final long most;
    private final int depth;
    private final Set<String> skipped;
    private final JsonFactory factory;

    /**
     * @param depth   how many lists and objects may be in each other
     * @param skipped names of members that are passed over wherever they are
     */
    public JsonTreeReader(int depth, Set<String> skipped) {
        this(depth, skipped, MOST);
    }

    /**
     * As {@link #JsonTreeReader(int, Set)}, for values that may be larger than others.
     *
     * @param most the most memory that a value may take, in bytes
     */
    public JsonTreeReader(int depth, Set<String> skipped, long most) {
        this.most = most;
        this.depth = depth;
        this.skipped = skipped;
        var constraints = StreamReadConstraints.builder().maxNestingDepth(depth).maxNumberLength(DIGITS)
                .maxStringLength((int) (most / 2)).build();
        // Names are ids here: kept by the JDK for good, they would only ever become more.
        this.factory = JsonFactory.builder().streamReadConstraints(constraints)
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .build();
    }

    /**
     * @param value the bytes of one value, in UTF-8
     * @return it; numbers with a fraction or more than 64 bits are rounded to a double
     * @throws UnreadableValueException if it is not valid, or more than may be
     * @throws IOException              if the bytes cannot be read
     */
    public JsonNode read(InputStream value) throws IOException {
        try (var parser = factory.createParser(value)) {
            return new Building(parser).run();
        }
    }

    /** @return about how much memory a text takes: one byte a character, or two where one of them is beyond Latin-1 */
    public static long bytes(String text) {
        return text.chars().allMatch(c -> c <= 0xFF) ? text.length() : 2L * text.length();
    }

    private String sentence(JsonProcessingException problem) {
        var message = String.valueOf(problem.getOriginalMessage());
        if (!(problem instanceof StreamConstraintsException)) {
            return message.contains("UTF-8") ? "It is not written in UTF-8." : "It is not valid JSON.";
        }
        if (message.contains("nesting")) {
            return "It is nested more than " + depth + " levels deep.";
        }
        return message.startsWith("Number") ? "A number in it has more than " + DIGITS + " digits." : "A text in it is too long.";
    }

    /** A value as far as it is read. */
    private final class Building {

        private final JsonParser parser;
        private final ArrayDeque<ContainerNode<?>> open = new ArrayDeque<>();
        private JsonNode root = MissingNode.getInstance();
        private long cost;

        Building(JsonParser parser) {
            this.parser = parser;
        }

        JsonNode run() throws IOException {
            try {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    take(token);
                }
                return root;
            } catch (JsonProcessingException e) {
                throw new UnreadableValueException(sentence(e), root);
            }
        }

        private void take(JsonToken token) throws IOException {
            switch (token) {
                case FIELD_NAME -> {
                    if (skipped.contains(parser.currentName())) {
                        parser.nextToken();
                        parser.skipChildren();
                    } else {
                        pay(MEMBER_COST + parser.currentName().length());
                    }
                }
                case START_OBJECT -> open(NODES.objectNode(), OBJECT_COST);
                case START_ARRAY -> open(NODES.arrayNode(), LIST_COST);
                case END_OBJECT, END_ARRAY -> open.pop();
                case VALUE_STRING -> {
                    pay(TEXT_COST + parser.getTextLength());
                    var text = parser.getText();
                    pay(bytes(text) - text.length());
                    add(NODES.textNode(text));
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    pay(SCALAR_COST);
                    add(number(token));
                }
                case VALUE_TRUE, VALUE_FALSE -> add(NODES.booleanNode(token == JsonToken.VALUE_TRUE));
                default -> add(NODES.nullNode());
            }
        }

        private JsonNode number(JsonToken token) throws IOException {
            boolean isWhole = token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            return isWhole ? NODES.numberNode(parser.getLongValue()) : NODES.numberNode(parser.getDoubleValue());
        }

        private void open(ContainerNode<?> node, int price) throws IOException {
            pay(price);
            add(node);
            open.push(node);
        }

        private void add(JsonNode node) throws IOException {
            if (open.isEmpty()) {
                root = node;
            } else if (open.peek() instanceof ObjectNode object) {
                object.set(parser.currentName(), node);
            } else if (open.peek() instanceof ArrayNode list) {
                pay(Integer.BYTES);
                list.add(node);
            }
        }

        private void pay(long price) throws IOException {
            cost += price;
            if (cost > most) {
                throw new UnreadableValueException("It is larger than the " + (most >> 20) + " MiB that one conversation may be.", root);
            }
        }
    }
}

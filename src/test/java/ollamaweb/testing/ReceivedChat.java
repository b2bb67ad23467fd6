package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A chat request as it arrived; header names are case-insensitive. */
public record ReceivedChat(Map<String, String> headers, JsonNode body) {}

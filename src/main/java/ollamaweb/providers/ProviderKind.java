package ollamaweb.providers;

import java.io.IOException;
import okhttp3.Response;

/** What is particular to the servers of one kind when something goes wrong with them. */
public interface ProviderKind {

    /** @return what people call such a server */
    String title();

    /**
     * Reads why a request was refused.
     *
     * @param response one without success
     * @param model    the model that was asked for, or null
     */
    ProviderException refusal(Response response, String model) throws IOException;
}

package ollamaweb.providers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import ollamaweb.outbound.ForbiddenAddressException;
import ollamaweb.outbound.GuardedSocket;
import ollamaweb.outbound.OutboundGuard;

/** The connections to all providers: short calls with a time limit, and streams without; safe for many threads. */
public final class UpstreamHttp implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final long MAX_ANSWER_BYTES = 64L * 1024 * 1024;

    /** Reads what others send with all its freedom: unknown fields, nulls, big numbers. */
    private static final ObjectMapper LENIENT = new JsonMapper();

    private final OkHttpClient calls;
    private final OkHttpClient streams;

    /** @param guard decides which addresses may be connected to */
    public UpstreamHttp(OutboundGuard guard) {
        this.calls = new OkHttpClient.Builder()
                .socketFactory(guard)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .build();
        this.streams = calls.newBuilder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(UpstreamHttp::watchReads)
                .build();
    }

    /**
     * Asks until there is an answer, three times and 10 seconds at most. Who does not answer in time is not asked again: what
     * was too slow once keeps its callers waiting three times as long.
     *
     * @param kind of server that is asked
     * @return the JSON object it answers
     * @throws ProviderException if it cannot be had
     */
    public JsonNode json(Request request, ProviderKind kind) {
        long end = System.nanoTime() + CALL_TIMEOUT.toNanos();
        var pause = FIRST_PAUSE;
        for (int attempt = 1;; attempt++) {
            var call = calls.newCall(request);
            call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            try (var response = call.execute()) {
                if (response.code() != 503 || attempt == TRIES) {
                    return read(response, kind);
                }
            } catch (ForbiddenAddressException e) {
                throw ProviderException.forbidden(e);
            } catch (InterruptedIOException e) {
                throw ProviderException.unreachable(kind.title(), e);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw ProviderException.unreachable(kind.title(), e);
                }
            }
            sleep(pause, kind);
            pause = pause.multipliedBy(3);
        }
    }

    /**
     * Asks once.
     *
     * @return the JSON object it answers within {@code timeout}
     * @throws ProviderException if it does not
     */
    public JsonNode json(Request request, ProviderKind kind, Duration timeout) {
        var call = calls.newCall(request);
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        try (var response = call.execute()) {
            return read(response, kind);
        } catch (IOException e) {
            throw ProviderException.unreachable(kind.title(), e);
        }
    }

    /**
     * Asks once for something to be done; what is answered, beside that it is, does not matter.
     *
     * @throws ProviderException if it is refused, or not done within 10 seconds
     */
    public void command(Request request, ProviderKind kind) {
        try (var response = calls.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw kind.refusal(response, null);
            }
        } catch (IOException e) {
            throw noAnswer(kind, e);
        }
    }

    /** @return what it means that a call failed before there was an answer */
    public static ProviderException noAnswer(ProviderKind kind, IOException e) {
        return e instanceof ForbiddenAddressException ? ProviderException.forbidden(e) : ProviderException.unreachable(kind.title(), e);
    }

    /** A server has ended where it should not: what else it may have sent is nobody's answer. Closes what is not in use. */
    void dropIdleConnections() {
        calls.connectionPool().evictAll();
    }

    /** @param reads what is told before each read from the network, where that can be known */
    Call stream(Request request, NetworkReads reads) {
        return streams.newCall(request.newBuilder().tag(NetworkReads.class, reads).build());
    }

    /** @return makes calls whose answers are passed on as they come: they may take long, and be silent for no longer than this */
    public Call.Factory relaying(Duration silence) {
        return streams.newBuilder().readTimeout(silence).build();
    }

    @Override
    public void close() {
        calls.dispatcher().cancelAll();
        calls.dispatcher().executorService().shutdown();
        calls.connectionPool().evictAll();
    }

    /** A connection with TLS shows no socket of ours; there each piece is passed on as it comes. */
    private static Response watchReads(Interceptor.Chain chain) throws IOException {
        var reads = chain.request().tag(NetworkReads.class);
        if (reads != null && chain.connection().socket() instanceof GuardedSocket socket) {
            reads.areSeen();
            socket.beforeRead(reads);
        }
        return chain.proceed(chain.request());
    }

    private static JsonNode read(Response response, ProviderKind kind) throws IOException {
        if (!response.isSuccessful()) {
            throw kind.refusal(response, null);
        }
        try (var in = new BoundedInput(response.body().byteStream(), MAX_ANSWER_BYTES, kind)) {
            var answer = LENIENT.readTree(in);
            if (answer == null || !answer.isObject()) {
                throw ProviderException.broken(kind.title() + " sent something that is not JSON", null);
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw ProviderException.broken(kind.title() + " sent something that is not JSON", e);
        }
    }

    private static void sleep(Duration pause, ProviderKind kind) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.unreachable(kind.title(), e);
        }
    }
}

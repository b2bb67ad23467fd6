package ollamaweb;

import ollamaweb.chat.Generations;
import ollamaweb.db.Database;
import ollamaweb.http.OpenStreams;
import ollamaweb.metrics.Metrics;
import ollamaweb.turns.Turns;

/** What is measured of the parts of a server. */
final class ServerMetrics {

    private ServerMetrics() {}

    /** @return the metrics, to be closed */
    static Metrics of(Database database, Generations generations, Turns turns, OpenStreams streams) {
        var metrics = new Metrics(ServerRoutes.VERSION);
        metrics.watch(database);
        metrics.gauge("ollama.web.answers.in.progress", "Answers in the making", generations::count);
        metrics.gauge("ollama.web.turns.running", "Answers that a host of models is making", turns::running);
        metrics.gauge("ollama.web.turns.waiting", "Answers that wait in line for a host of models", turns::waiting);
        metrics.gauge("ollama.web.streams.open", "Event streams that are open", streams::count);
        generations.onEnd(metrics.answers());
        return metrics;
    }
}

package ollamaweb.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Servers that work as one, on one database.
 *
 * @param name what they are, for the report
 */
record Deployment(String name, List<ServerProcess> servers) implements AutoCloseable {

    /** Starts them, one after the other. */
    static Deployment start(String name, int size, Lab lab, Map<String, String> settings) throws IOException {
        var deployment = new Deployment(name, new ArrayList<>());
        try {
            for (int i = 0; i < size; i++) {
                deployment.servers.add(lab.server(lab.newFolder(), settings));
            }
        } catch (IOException | RuntimeException e) {
            deployment.close();
            throw e;
        }
        return deployment;
    }

    List<Target> targets() {
        return servers.stream().map(ServerProcess::target).toList();
    }

    List<Integer> ports() {
        return servers.stream().map(ServerProcess::port).toList();
    }

    /** @return what all of them hold, in MiB; the database and Redis are not in it */
    double residentMib() throws IOException {
        double sum = 0;
        for (var server : servers) {
            sum += server.figures().residentMib();
        }
        return sum;
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }
}

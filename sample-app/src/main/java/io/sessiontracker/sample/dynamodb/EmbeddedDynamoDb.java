package io.sessiontracker.sample.dynamodb;

import java.net.BindException;
import java.net.URI;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * DynamoDB Local, in memory. The first instance of the shop starts it, later ones use it; it stops with the instance that
 * started it, and its sessions are gone then. Its own server would listen on all interfaces, so it has another one here.
 */
final class EmbeddedDynamoDb implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDynamoDb.class);
    private static final String HOST = "127.0.0.1";

    private final Server server;
    private final int port;

    private EmbeddedDynamoDb(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    static EmbeddedDynamoDb startOrJoin(int port) throws Exception {
        Server server = new Server();
        // SessionTracker learns the service's time from the dates of its responses.
        HttpConfiguration http = new HttpConfiguration();
        http.setSendDateHeader(true);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(
                new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof BindException) {
                log.info("Using the DynamoDB Local on {}:{}; it ends with the instance that started it", HOST, port);
                return new EmbeddedDynamoDb(server, port);
            }
            throw e;
        }
        log.info("Started DynamoDB Local on {}:{}; it ends with this instance", HOST, connector.getLocalPort());
        return new EmbeddedDynamoDb(server, connector.getLocalPort());
    }

    URI endpoint() {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}

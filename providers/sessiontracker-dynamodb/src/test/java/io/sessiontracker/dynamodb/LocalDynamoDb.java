package io.sessiontracker.dynamodb;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

import com.amazonaws.services.dynamodbv2.exceptions.DynamoDBLocalServiceException;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * DynamoDB Local in this JVM and its memory; one for all tests, which keep apart by their namespaces. Clients with another region or
 * other credentials would see other tables.
 */
public final class LocalDynamoDb {

    /** No test fails because the machine is busy. */
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final LocalDynamoDb ONE = new LocalDynamoDb();

    private final LocalDynamoDBRequestHandler requests = requests();
    private final URI endpoint = endpoint(serve(requests, UnaryOperator.identity()));
    private final DynamoDbAsyncClient client = newClient(endpoint);
    private final DynamoDbTable table = newTable(client);

    private LocalDynamoDb() {}

    private static LocalDynamoDBRequestHandler requests() {
        try {
            return new LocalDynamoDBRequestHandler(0, true, null, false, false);
        } catch (DynamoDBLocalServiceException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Its own server would listen on all interfaces, and report its use to Amazon. */
    private static Server serve(LocalDynamoDBRequestHandler requests, UnaryOperator<Handler> around) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendDateHeader(true);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(around.apply(new LocalDynamoDBServerHandler(requests, null)));
        try {
            server.start();
        } catch (Exception failed) {
            throw new IllegalStateException("DynamoDB Local does not start", failed);
        }
        return server;
    }

    /** Serves the same tables once more. The caller stops the server. */
    static Server serve(UnaryOperator<Handler> around) {
        return serve(ONE.requests, around);
    }

    static URI endpoint(Server server) {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        return URI.create("http://%s:%d".formatted(connector.getHost(), connector.getLocalPort()));
    }

    /** Returns where the server listens, for a client in another process or a proxy. */
    public static URI endpoint() {
        return ONE.endpoint;
    }

    /** Returns the client that all tests share. */
    public static DynamoDbAsyncClient client() {
        return ONE.client;
    }

    /** Returns the table that all tests share. */
    public static DynamoDbTable table() {
        return ONE.table;
    }

    /** Creates a table of the caller's own. */
    public static DynamoDbTable newTable() {
        return newTable(ONE.client);
    }

    private static DynamoDbTable newTable(DynamoDbAsyncClient client) {
        DynamoDbTable created = new DynamoDbTable(client, "sessions-" + UUID.randomUUID(), TIMEOUT);
        new DynamoDbTableSetup(created).create();
        return created;
    }

    /** Creates a client; of this server, or of another that has its tables. The caller closes it. */
    public static DynamoDbAsyncClient newClient(URI endpoint) {
        return newClientBuilder(endpoint).build();
    }

    static DynamoDbAsyncClientBuilder newClientBuilder(URI endpoint) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
}

package io.sessiontracker.dynamodb;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The tables of {@link LocalDynamoDb} behind a connection with faults, which counts requests. An operation is named as in DynamoDB's
 * API, such as {@code PutItem}.
 */
public final class FaultyDynamoDb implements AutoCloseable {

    private final Server server = LocalDynamoDb.serve(Faults::new);
    private final DynamoDbAsyncClient client = LocalDynamoDb.newClient(LocalDynamoDb.endpoint(server));
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Map<String, Queue<Step>> steps = new ConcurrentHashMap<>();
    private volatile Function<String, Fault> otherwise = operation -> Fault.NONE;

    /** What happens to a request. */
    public enum Fault {
        NONE,
        /** The table's capacity is used up; nothing is done. */
        THROTTLED,
        /** A transaction is cancelled because one of its items is throttled; nothing is done. */
        CANCELLED,
        /** Status 500; nothing is done. */
        FAILED,
        /** The connection ends; nothing is done. */
        LOST_REQUEST,
        /** It is carried out, but the connection ends before the reply. */
        LOST_REPLY;

        /** Returns one of the faults for every tenth request or so. */
        public static Fault sometimes(String operation) {
            int chance = ThreadLocalRandom.current().nextInt(10 * values().length);
            Fault fault = chance < values().length ? values()[chance] : NONE;
            return fault == CANCELLED && !operation.equals("TransactWriteItems") ? THROTTLED : fault;
        }
    }

    private record Step(
            Fault fault,
            CompletableFuture<?> begin,
            @Nullable LateRequest late) {}

    /** A request whose connection ended, and that is carried out later. */
    public static final class LateRequest {

        private final CompletableFuture<HttpRequest> copy = new CompletableFuture<>();

        /** Carries out the request, and returns its status. */
        public int arrive() throws IOException, InterruptedException {
            HttpRequest request = copy.orTimeout(1, TimeUnit.MINUTES).join();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** Returns the client that has the faults. */
    public DynamoDbAsyncClient client() {
        return client;
    }

    /** Creates a client with the faults, which the caller closes; its retries may be configured. */
    public DynamoDbAsyncClient newClient(Consumer<ClientOverrideConfiguration.Builder> configuration) {
        return LocalDynamoDb.newClientBuilder(LocalDynamoDb.endpoint(server))
                .overrideConfiguration(configuration)
                .build();
    }

    /** Returns a table of {@link LocalDynamoDb} as reached by the client with the faults. */
    public DynamoDbTable table(DynamoDbTable table) {
        return new DynamoDbTable(client, table.name(), LocalDynamoDb.TIMEOUT);
    }

    /** Gives the next requests of an operation these faults, one each. */
    public void next(String operation, Fault... faults) {
        for (Fault fault : faults) {
            queue(operation).add(new Step(fault, CompletableFuture.completedFuture(null), null));
        }
    }

    /** Holds the next request of an operation until the returned future is complete. */
    public CompletableFuture<Void> hold(String operation) {
        CompletableFuture<Void> begin = new CompletableFuture<>();
        queue(operation).add(new Step(Fault.NONE, begin, null));
        return begin;
    }

    /** Ends the connection of the next request of an operation before it is carried out. */
    public LateRequest late(String operation) {
        LateRequest late = new LateRequest();
        queue(operation).add(new Step(Fault.LOST_REPLY, CompletableFuture.completedFuture(null), late));
        return late;
    }

    /** Chooses the faults of all other requests by their operation, called on several threads. */
    public void otherwise(Function<String, Fault> faults) {
        otherwise = faults;
    }

    /** Returns how many requests of an operation there were, with and without faults. */
    public int requests(String operation) {
        AtomicInteger count = requests.get(operation);
        return count == null ? 0 : count.get();
    }

    /** Returns how many requests of each operation there were. */
    public Map<String, Integer> requests() {
        Map<String, Integer> counts = new TreeMap<>();
        requests.forEach((operation, count) -> counts.put(operation, count.get()));
        return counts;
    }

    /** Begins to count anew. */
    public void clearRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        steps.values().forEach(queue -> queue.forEach(step -> step.begin().complete(null)));
        client.close();
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Queue<Step> queue(String operation) {
        return steps.computeIfAbsent(operation, unused -> new ConcurrentLinkedQueue<>());
    }

    private final class Faults extends Handler.Wrapper {

        Faults(Handler local) {
            super(local);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String operation = request.getHeaders().get("X-Amz-Target").replaceFirst(".*\\.", "");
            requests.computeIfAbsent(operation, unused -> new AtomicInteger()).incrementAndGet();
            Step step = queue(operation).poll();
            if (step != null) {
                step.begin().join();
            }
            if (step != null && step.late() != null) {
                step.late().copy.complete(copy(request));
                callback.failed(disconnect(request));
                return true;
            }
            switch (step != null ? step.fault() : otherwise.apply(operation)) {
                case THROTTLED -> refuse(request, response, callback, 400, "ProvisionedThroughputExceededException");
                case CANCELLED -> refuse(request, response, callback, 400, "TransactionCanceledException");
                case FAILED -> refuse(request, response, callback, 500, "InternalServerError");
                case LOST_REQUEST -> callback.failed(disconnect(request));
                case LOST_REPLY -> super.handle(request, new LostReply(request, response), callback);
                default -> super.handle(request, response, callback);
            }
            return true;
        }
    }

    private static HttpRequest copy(Request request) throws IOException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(LocalDynamoDb.endpoint())
                .POST(BodyPublishers.ofString(Content.Source.asString(request, StandardCharsets.UTF_8)));
        for (String header : List.of("Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Target")) {
            copy.header(header, request.getHeaders().get(header));
        }
        return copy.build();
    }

    private static void refuse(Request request, Response response, Callback callback, int status, String type)
            throws Exception {
        Content.Source.consumeAll(request);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        Content.Sink.write(response, true, """
                {"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"by the test",
                "CancellationReasons":[{"Code":"None"},{"Code":"ThrottlingError"}]}""".formatted(type), callback);
    }

    private static Throwable disconnect(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        return new EofException("by the test");
    }

    private static final class LostReply extends Response.Wrapper {

        LostReply(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            callback.failed(disconnect(getRequest()));
        }
    }
}

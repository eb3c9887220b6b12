package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * A client that records each request with the units that it consumed, those of the table and those of its indexes: {@code PutItem 1.0 + 2.0}.
 * Of a transaction it records how many items it writes, as DynamoDB Local counts its units twice.
 */
final class MeteredClient implements ExecutionInterceptor, AutoCloseable {

    private final List<String> recorded = new CopyOnWriteArrayList<>();
    private final DynamoDbAsyncClient client = LocalDynamoDb.newClientBuilder(LocalDynamoDb.endpoint())
            .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(this))
            .build();

    DynamoDbAsyncClient client() {
        return client;
    }

    /** Returns what a call sends; a refused request has no units. */
    List<String> during(Runnable call) {
        recorded.clear();
        call.run();
        return new ArrayList<>(recorded);
    }

    /** All requests of items have that field. */
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest.Builder request = context.request().toBuilder();
        context.request().sdkFields().stream()
                .filter(field -> field.locationName().equals("ReturnConsumedCapacity"))
                .forEach(field -> field.set(request, "INDEXES"));
        return request.build();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        record(
                context.request(),
                context.request() instanceof TransactWriteItemsRequest transaction
                        ? "of " + transaction.transactItems().size()
                        : units(context.response()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        record(context.request(), "refused");
    }

    private void record(SdkRequest request, String units) {
        recorded.add(request.getClass().getSimpleName().replace("Request", "") + " " + units);
    }

    private static String units(SdkResponse response) {
        Optional<Object> consumed = response.getValueForField("ConsumedCapacity", Object.class);
        List<?> all = consumed.map(units -> units instanceof List<?> list ? list : List.of(units))
                .orElse(List.of());
        List<ConsumedCapacity> capacity =
                all.stream().map(ConsumedCapacity.class::cast).toList();
        double table = capacity.stream()
                .filter(units -> units.table() != null)
                .mapToDouble(units -> units.table().capacityUnits())
                .sum();
        double indexes = capacity.stream()
                .flatMap(units -> units.globalSecondaryIndexes().values().stream())
                .mapToDouble(Capacity::capacityUnits)
                .sum();
        return indexes == 0 ? "%.1f".formatted(table) : "%.1f + %.1f".formatted(table, indexes);
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.sessiontracker.starter.dynamodb;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Records which actions a policy has to allow. The SDK adds it to each client, as a file of the class path says. */
public final class RecordingInterceptor implements ExecutionInterceptor {

    private static final String TABLE = "session-tracker";
    private static final Map<String, Integer> ACTIONS = new ConcurrentHashMap<>();

    static Set<String> actions() {
        return Set.copyOf(ACTIONS.keySet());
    }

    static int count(String action) {
        return ACTIONS.getOrDefault(action, 0);
    }

    private static void add(String action) {
        ACTIONS.merge(action, 1, Integer::sum);
    }

    /** A transaction needs the actions of its parts. */
    @Override
    public void beforeExecution(Context.BeforeExecution execution, ExecutionAttributes attributes) {
        if (isOfAnotherTable(execution.request())) {
            return;
        }
        if (execution.request() instanceof TransactWriteItemsRequest transaction) {
            transaction.transactItems().stream()
                    .map(RecordingInterceptor::action)
                    .forEach(RecordingInterceptor::add);
        } else if (execution.request() instanceof TransactGetItemsRequest) {
            add("GetItem");
        } else {
            add(execution.request().getClass().getSimpleName().replaceFirst("Request$", ""));
        }
    }

    /** The tests' server creates a table of its own. */
    private static boolean isOfAnotherTable(SdkRequest request) {
        return !request.getValueForField("TableName", String.class)
                .orElse(TABLE)
                .equals(TABLE);
    }

    private static String action(TransactWriteItem item) {
        if (item.put() != null) {
            return "PutItem";
        }
        if (item.update() != null) {
            return "UpdateItem";
        }
        return item.delete() != null ? "DeleteItem" : "ConditionCheckItem";
    }
}

package io.sessiontracker.starter.dynamodb;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Records which actions a policy has to allow. The SDK adds it to each client, as a file of the class path says. */
public final class RecordingInterceptor implements ExecutionInterceptor {

    private static final Set<String> ACTIONS = new ConcurrentSkipListSet<>();

    static Set<String> actions() {
        return Set.copyOf(ACTIONS);
    }

    /** A transaction needs the actions of its parts. */
    @Override
    public void beforeExecution(Context.BeforeExecution execution, ExecutionAttributes attributes) {
        if (execution.request() instanceof TransactWriteItemsRequest transaction) {
            transaction.transactItems().stream()
                    .map(RecordingInterceptor::action)
                    .forEach(ACTIONS::add);
        } else if (execution.request() instanceof TransactGetItemsRequest) {
            ACTIONS.add("GetItem");
        } else {
            ACTIONS.add(execution.request().getClass().getSimpleName().replaceFirst("Request$", ""));
        }
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

package io.sessiontracker.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What DynamoDB refuses, found before it is sent.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">Quotas</a>
 */
final class ItemLimits {

    /** The size of an item, its attributes' names included. */
    static final int MAX_ITEM = 400 << 10;

    private static final int MAX_WRITES = 100;

    private ItemLimits() {}

    /** @throws SessionStoreException if there is too much in an item, or there are too many */
    static void check(SessionAddress address, List<TransactWriteItem> writes) {
        if (writes.size() > MAX_WRITES) {
            throw new SessionStoreException(
                    "Changing %s would change %d items at once, and DynamoDB changes at most %d: index fewer properties"
                            .formatted(address, writes.size(), MAX_WRITES),
                    null);
        }
        for (TransactWriteItem write : writes) {
            Put put = write.put();
            long size = put == null ? 0 : size(put.item());
            if (size > MAX_ITEM) {
                throw new SessionStoreException(
                        "%s would have %d bytes in an item of DynamoDB, which has at most %d: keep less in the session"
                                .formatted(address, size, MAX_ITEM),
                        null);
            }
        }
    }

    private static long size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(attribute -> length(attribute.getKey()) + size(attribute.getValue()))
                .sum();
    }

    /** A number takes up to 21 bytes; a map three, and one for each of its entries. */
    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> length(value.s());
            case B -> value.b().asByteArrayUnsafe().length;
            case M -> 3 + value.m().size() + size(value.m());
            default -> 21;
        };
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.sessiontracker.benchmarks.candidate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import io.sessiontracker.jdbc.JdbcDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The baseline: one statement for a start, a read or a write, in a table with SessionTracker's columns and indexes. */
final class PlainJdbcCandidate implements Candidate {

    private static final String TABLE = "PLAIN_SESSION";
    private static final String KEY = "namespace = 'shop' AND session_type = 'order' AND session_key = ?";
    private static final List<String> NUMBERS = List.of(
            "revision",
            "running_version",
            "write_1",
            "transitioned",
            "absolute_at",
            "sliding",
            "tolerance",
            "retention");

    private final JdbcClient client;
    private final JsonMapper json = JsonMapper.shared();
    private final String insert;
    private final String touch;
    private final String update;

    PlainJdbcCandidate(JdbcDatabase database) {
        client = JdbcClient.create(database.dataSource());
        String now = database.dialect().now();
        insert = ("INSERT INTO %s (namespace, session_type, session_key, bucket, running_id, running_start, touched_at,"
                        + " running_deadline, running_group, payload, %s) VALUES ('shop', 'order', ?, ?, ?, %s, %s, %s, '', ?%s)")
                .formatted(TABLE, String.join(", ", NUMBERS), now, now, now, ", 1".repeat(NUMBERS.size()));
        touch = database.dialect()
                .returning("UPDATE %s SET touched_at = %s WHERE %s".formatted(TABLE, now, KEY), "payload");
        update =
                "UPDATE %s SET running_version = running_version + 1, touched_at = %s, payload = ? WHERE %s AND running_version = ?"
                        .formatted(TABLE, now, KEY);
    }

    private record Row(long version, byte[] payload) {}

    @Override
    public String start(String key, String tenant, Cart cart) {
        client.sql(insert)
                .params(bytes(key), key.hashCode() & 255, "abcdefghijklmnop", write(cart))
                .update();
        return key;
    }

    private byte[] write(Cart cart) {
        return json.writeValueAsBytes(new TemplateCandidate.Order(cart));
    }

    @Override
    public TemplateCandidate.Order get(String id) {
        return client.sql(touch)
                .params(bytes(id))
                .query((row, number) -> json.readValue(row.getBytes(1), TemplateCandidate.Order.class))
                .single();
    }

    @Override
    public TemplateCandidate.Order peek(String id) {
        return json.readValue(row(id).payload(), TemplateCandidate.Order.class);
    }

    private Row row(String id) {
        return client.sql("SELECT running_version, payload FROM %s WHERE %s".formatted(TABLE, KEY))
                .params(bytes(id))
                .query((row, number) -> new Row(row.getLong(1), row.getBytes(2)))
                .single();
    }

    @Override
    public void change(String id, UnaryOperator<Cart> edit) {
        Row row = row(id);
        Cart cart = json.readValue(row.payload(), TemplateCandidate.Order.class).cart();
        client.sql(update)
                .params(write(edit.apply(cart)), bytes(id), row.version())
                .update();
    }

    @Override
    public void finish(String id) {
        client.sql("DELETE FROM %s WHERE %s".formatted(TABLE, KEY))
                .params(bytes(id))
                .update();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}

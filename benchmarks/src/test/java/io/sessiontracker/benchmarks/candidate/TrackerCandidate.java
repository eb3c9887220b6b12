package io.sessiontracker.benchmarks.candidate;

import java.util.function.UnaryOperator;

import io.sessiontracker.engine.ClosableSessionTracker;

/** SessionTracker. */
class TrackerCandidate implements Candidate {

    static final String TENANT = "tenant";
    private static final String HOT = "hot";

    final ClosableSessionTracker tracker;
    private final boolean indexed;

    TrackerCandidate(ClosableSessionTracker tracker, boolean indexed) {
        this.tracker = tracker;
        this.indexed = indexed;
    }

    @Override
    public String start(String key, String tenant, Cart cart) {
        OrderSession session = new OrderSession(key);
        session.cart = cart;
        if (indexed) {
            session.getProperties().put(TENANT, tenant);
        }
        return tracker.start(session).orElseThrow().getKey();
    }

    @Override
    public OrderSession get(String id) {
        return tracker.get(OrderSession.class, id).orElseThrow();
    }

    @Override
    public OrderSession peek(String id) {
        return tracker.peek(OrderSession.class, id).orElseThrow();
    }

    @Override
    public void change(String id, UnaryOperator<Cart> edit) {
        OrderSession session = get(id);
        session.cart = edit.apply(session.cart);
        tracker.update(session).orElseThrow();
    }

    @Override
    public void modify(String id, UnaryOperator<Cart> edit) {
        tracker.modify(OrderSession.class, id, session -> session.cart = edit.apply(session.cart))
                .orElseThrow();
    }

    @Override
    public void hotModify(Cart cart, UnaryOperator<Cart> edit) {
        var modified = tracker.modify(OrderSession.class, HOT, session -> session.cart = edit.apply(session.cart));
        if (modified.isFailure()) {
            OrderSession hot = new OrderSession(HOT);
            hot.cart = cart;
            tracker.getOrStart(OrderSession.class, HOT, () -> hot).orElseThrow();
            modify(HOT, edit);
        }
    }

    @Override
    public void lockedChange(String id, UnaryOperator<Cart> edit) {
        try (var locked = tracker.getLocked(OrderSession.class, id).orElseThrow()) {
            OrderSession session = locked.session();
            session.cart = edit.apply(session.cart);
            tracker.update(session).orElseThrow();
        }
    }

    @Override
    public void finish(String id) {
        tracker.finish(OrderSession.class, id).orElseThrow();
    }

    @Override
    public int page(String tenant, int size) {
        return tracker.query(OrderSession.class)
                .where("tenant is '" + tenant + "'")
                .pageSize(size)
                .page()
                .sessions()
                .size();
    }

    @Override
    public long count() {
        return tracker.count(OrderSession.class);
    }

    @Override
    public void close() {
        tracker.close();
    }
}

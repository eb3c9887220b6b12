package io.sessiontracker.sample.checkout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionProperty;
import io.sessiontracker.SessionType;
import org.jspecify.annotations.Nullable;

/**
 * A checkout, stored under its order id. Jackson uses its getters and fields; the base class has the id of the start, the version
 * and the times.
 */
@SessionType(value = CheckoutSession.TYPE, version = 2)
public class CheckoutSession extends Session {

    /** The session type's name in settings and keys. */
    public static final String TYPE = "checkout";

    static final String CUSTOMER = "customer";
    /** The reminder of a checkout that is about to expire. */
    static final String EXPIRING = "expiring";

    // Queries find properties without reading the state.
    @SessionProperty(CUSTOMER)
    private @Nullable String customer;

    @SessionProperty
    private @Nullable String country;

    private Map<String, Integer> lines = new LinkedHashMap<>();
    private @Nullable Address address;
    private @Nullable Integer shippingCents;
    private Status status = Status.OPEN;

    /** Whether the shopper can still change it. */
    public enum Status {
        OPEN,
        ORDERED
    }

    public CheckoutSession(String orderId) {
        super(orderId);
    }

    /** Returns the quantities by article. */
    public Map<String, Integer> getLines() {
        return Collections.unmodifiableMap(lines);
    }

    public @Nullable Address getAddress() {
        return address;
    }

    public @Nullable Integer getShippingCents() {
        return shippingCents;
    }

    public Status getStatus() {
        return status;
    }

    public @Nullable String getCustomer() {
        return customer;
    }

    void belongsTo(String customer) {
        this.customer = customer;
    }

    void putLine(String article, int quantity) {
        requireNotOrdered();
        lines.put(article, quantity);
    }

    void shipTo(Address address, int shippingCents) {
        requireNotOrdered();
        this.address = address;
        this.shippingCents = shippingCents;
        this.country = address.country();
    }

    void order() {
        if (lines.isEmpty() || address == null) {
            throw CheckoutProblem.incomplete(getKey());
        }
        status = Status.ORDERED;
    }

    void requireNotOrdered() {
        if (status == Status.ORDERED) {
            throw CheckoutProblem.ordered(getKey());
        }
    }
}

package io.sessiontracker.autoconfigure.event;

import io.sessiontracker.Session;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/** Event types as Spring resolves them, with generics. */
final class EventTypes {

    /** An event that no application can name: a listener that accepts it accepts everything. */
    static final ResolvableType ANYTHING =
            ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, Anything.class);

    private EventTypes() {}

    /** Returns the published type, such as {@code PayloadApplicationEvent<SessionExpired<CheckoutSession>>}. */
    static ResolvableType published(Class<?> event, Class<? extends Session> type) {
        return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload(event, type));
    }

    /** Returns such as {@code SessionExpired<CheckoutSession>}. Type parameters of the session class are ignored. */
    static ResolvableType payload(Class<?> event, Class<? extends Session> type) {
        return ResolvableType.forClassWithGenerics(event, ResolvableType.forRawClass(type));
    }

    /** Returns the payload that a listener declares, with or without the application event around it. */
    static ResolvableType declaredPayload(ResolvableType declared) {
        ResolvableType event = declared.as(PayloadApplicationEvent.class);
        return ResolvableType.NONE.equals(event) ? declared : event.getGeneric();
    }

    /** A record, as session events are. */
    private record Anything() {}
}

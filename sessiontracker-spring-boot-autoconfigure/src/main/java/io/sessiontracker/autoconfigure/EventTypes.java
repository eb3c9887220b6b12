package io.sessiontracker.autoconfigure;

import io.sessiontracker.Session;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/** Events as Spring sees them: with their generic types. */
final class EventTypes {

    /** Of an event that nobody can name: who takes this one takes everything. */
    static final ResolvableType ANYTHING =
            ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, Anything.class);

    private EventTypes() {}

    /** Of what is published, such as {@code PayloadApplicationEvent<SessionExpired<CheckoutSession>>}. */
    static ResolvableType published(Class<?> event, Class<? extends Session> type) {
        return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload(event, type));
    }

    /** Such as {@code SessionExpired<CheckoutSession>}. A session class's own type parameters do not count. */
    static ResolvableType payload(Class<?> event, Class<? extends Session> type) {
        return ResolvableType.forClassWithGenerics(event, ResolvableType.forRawClass(type));
    }

    /** What a listener takes that declares this type: a payload may be declared with or without the event around it. */
    static ResolvableType declaredPayload(ResolvableType declared) {
        ResolvableType event = declared.as(PayloadApplicationEvent.class);
        return ResolvableType.NONE.equals(event) ? declared : event.getGeneric();
    }

    /** A record, as the events of sessions are. */
    private record Anything() {}
}

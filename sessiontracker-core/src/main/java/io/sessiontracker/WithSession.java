package io.sessiontracker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a method of a Spring bean the running session that it is about, and stores the session when the method's work is done.
 * The session is the method's parameter of the session's class; a caller passes null for it, and a controller's method gets it
 * without that.
 *
 * <pre>{@code
 * @WithSession(key = "#orderId", lock = true)
 * public void ship(String orderId, CheckoutSession checkout) {
 *     checkout.setShipped(true);
 * }
 * }</pre>
 *
 * <p>If the method throws, the session is not stored; a lock is released in any case. Without a lock the session is stored if it
 * was not written meanwhile. A missing session, a lock that was not acquired or a conflicting write is a
 * {@link WithSessionException}, which names the method; any other exception passes unchanged.
 *
 * <p>The work of a method that returns a {@code CompletionStage}, a {@code Mono}, a {@code Flux} or another publisher that Spring
 * knows, or that is a suspending function of Kotlin, is done when that completes. No thread waits for the session or its lock; a
 * worker calls the method. Each subscription reads the session and calls the method anew. What is cancelled is not stored, and
 * its lock is released. The elements of a {@code Flux} are passed on before the session is stored, a single result after that.
 *
 * <p>A nested call of a locked method for the same session gets the session and the lock of the outer one: in the same thread
 * before the outer method returns, and in publishers by the Reactor context.
 *
 * <p>It works as other annotations of Spring do: on methods that can be overridden, and when they are called from another bean.
 * It works around a transaction, which is committed before the session is stored and its lock released. A method on which it
 * cannot work is an error at start-up.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithSession {

    /** The session's class; to be given where the parameter's is not the session's own, or there are several. */
    Class<? extends Session> type() default Session.class;

    /**
     * The session's key, in Spring's expression language: {@code #orderId} for a parameter, {@code #order.id}, {@code 'a-' +
     * #p0}. An expression without a value, or with null, is an {@link IllegalArgumentException}.
     */
    String key();

    /** Whether to hold the session's lock during the call, with the lease and wait of the type's settings. */
    boolean lock() default false;

    /**
     * How often to call the method in all, each time with the session as it is then, when it was written meanwhile: for
     * a method that may be repeated. More than 1 is not for {@link #lock}, nor for a {@code Flux}.
     */
    int attempts() default 1;

    /**
     * Whether to start the session if none is running, as {@link SessionTracker#getOrStart} does, before the method is called:
     * it stays started if the method throws. Its class needs a constructor that takes only the key.
     */
    boolean start() default false;

    /** Whether to store the session when the method's work is done; not for a method that only reads, or that ends the session. */
    boolean store() default true;
}

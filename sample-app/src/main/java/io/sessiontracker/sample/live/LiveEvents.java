package io.sessiontracker.sample.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;

import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the events of this instance to the open windows: changes made here and expiries delivered here. The page reads what other
 * instances do from {@link OperatorController}.
 *
 * <p>Listeners run in the thread that made the change, which belongs to a customer and must not wait for an operator's slow
 * connection. Another thread sends, and events that it cannot keep up with are dropped.
 */
@Component
@RegisterReflectionForBinding(LiveEvent.class)
class LiveEvents implements DisposableBean {

    private static final long OPEN_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long RECONNECT_MILLIS = 2_000;
    private static final int WAITING = 1_000;

    private final Set<SseEmitter> windows = ConcurrentHashMap.newKeySet();
    private final ThreadPoolTaskExecutor sender = sender();
    private volatile boolean closed;

    /** Opens a stream until the browser disconnects or it times out; browsers reconnect. */
    SseEmitter open() throws IOException {
        SseEmitter window = new SseEmitter(OPEN_MILLIS);
        window.onCompletion(() -> windows.remove(window));
        window.onTimeout(window::complete);
        windows.add(window);
        // Sent at once, so that the browser knows that it is connected.
        window.send(SseEmitter.event().reconnectTime(RECONNECT_MILLIS).comment("open"));
        if (closed) {
            window.complete();
        }
        return window;
    }

    @EventListener
    void on(SessionEvent<CheckoutSession> event) {
        if (!windows.isEmpty()) {
            LiveEvent live = LiveEvent.of(event);
            sender.execute(() -> windows.forEach(window -> send(window, live)));
        }
    }

    private void send(SseEmitter window, LiveEvent event) {
        try {
            window.send(SseEmitter.event().name("checkout").data(event, MediaType.APPLICATION_JSON));
        } catch (IOException | IllegalStateException gone) {
            windows.remove(window);
        }
    }

    /** Ends the streams, for which a graceful shutdown would wait. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        windows.forEach(SseEmitter::complete);
    }

    @Override
    public void destroy() {
        sender.shutdown();
    }

    private static ThreadPoolTaskExecutor sender() {
        ThreadPoolTaskExecutor sender = new ThreadPoolTaskExecutor();
        sender.setThreadNamePrefix("live-events-");
        sender.setDaemon(true);
        sender.setCorePoolSize(1);
        sender.setMaxPoolSize(1);
        sender.setQueueCapacity(WAITING);
        sender.setRejectedExecutionHandler(new DiscardPolicy());
        sender.initialize();
        return sender;
    }
}

package io.sessiontracker.autoconfigure.actuate;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.sessiontracker.Session;
import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.engine.UnreadableSessions;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.StringUtils;

/**
 * Shows an application's sessions to its operators. Read-only by default: operations that change sessions need {@code
 * management.endpoint.sessiontracker.access=unrestricted}.
 *
 * <p>A missing type or session is a 404, an invalid filter or cursor or a query of a type that is not queryable a 400, a conflict with the session's state a 409, a
 * refusal of a {@link SessionAuthorizer} a 403, and a store that does not answer a 503. No read restarts a sliding expiration, except that of a finished session.
 */
@WebEndpoint(id = "sessiontracker", defaultAccess = Access.READ_ONLY)
public final class SessionTrackerEndpoint {

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int CHECKED = 1_000;

    private final String namespace;
    private final ClosableSessionTracker tracker;
    private final SessionTrackerSettings settings;
    private final SweepSettings sweep;
    private final SessionLookup lookup;
    private final SessionTrackerEndpointProperties properties;
    private final EndpointAccess access;

    /** Creates the endpoint of a tracker. */
    public SessionTrackerEndpoint(
            String namespace,
            ClosableSessionTracker tracker,
            SessionTrackerSettings settings,
            SweepSettings sweep,
            SessionDataProvider data,
            SessionLockProvider locks,
            SessionCodec codec,
            SessionTrackerEndpointProperties properties,
            SessionAuthorizer authorizer) {
        this.namespace = namespace;
        this.tracker = tracker;
        this.settings = settings;
        this.sweep = sweep;
        this.lookup =
                new SessionLookup(data, locks, new UnreadableSessions(data, codec), new Redaction(properties.redact()));
        this.properties = properties;
        this.access = new EndpointAccess(authorizer);
    }

    /** Returns the settings, and the types with their settings and counts. */
    @ReadOperation
    public TrackerDescriptor tracker() {
        Map<String, TrackerDescriptor.Type> types = new TreeMap<>();
        tracker.knownTypes().forEach((name, type) -> types.put(name, describe(name, type)));
        return new TrackerDescriptor(
                namespace,
                lookup.data().getClass().getName(),
                lookup.data().description(),
                lookup.locks().getClass().getName(),
                TrackerDescriptor.Sweep.of(sweep),
                types);
    }

    private TrackerDescriptor.Type describe(String name, Class<? extends Session> type) {
        TrackerDescriptor.Settings effective = TrackerDescriptor.Settings.of(settings.of(name));
        if (!effective.queryable()) {
            return new TrackerDescriptor.Type(type.getName(), effective, null, null, null);
        }
        try {
            return new TrackerDescriptor.Type(
                    type.getName(),
                    effective,
                    tracker.count(type),
                    tracker.query(type).finished().count(),
                    null);
        } catch (SessionStoreException | SessionAccessDeniedException | IllegalStateException failed) {
            return new TrackerDescriptor.Type(type.getName(), effective, null, null, failed.getMessage());
        }
    }

    /**
     * Returns a page of a type's sessions.
     *
     * @param filter in the filter language; null for all sessions
     * @param finished whether to show finished sessions
     * @param unreadable whether to show those that cannot be read, which other pages leave out; without a filter
     * @param size the page size; of unreadable sessions, how many are read to find them
     * @param after the cursor of the previous page
     */
    @ReadOperation
    public WebEndpointResponse<?> sessions(
            @Selector String type,
            @Nullable String filter,
            @Nullable Boolean finished,
            @Nullable Boolean unreadable,
            @Nullable Integer size,
            @Nullable String after) {
        return ofKnown(type, it -> {
            access.require(Operation.QUERY, type, null);
            if (!settings.of(type).queryable()) {
                return badRequest(
                        "Sessions of type \"%1$s\" cannot be queried: session-tracker.types.%1$s.queryable is false"
                                .formatted(type));
            }
            boolean ofFinished = Boolean.TRUE.equals(finished);
            String cursor = StringUtils.hasText(after) ? after : null;
            if (!Boolean.TRUE.equals(unreadable)) {
                return page(it, filter, ofFinished, size, cursor);
            }
            return filter == null
                    ? unreadable(it, ofFinished, size, cursor)
                    : badRequest("\"unreadable\" shows all of a type: leave out \"filter\"");
        });
    }

    private WebEndpointResponse<?> unreadable(
            Class<? extends Session> type, boolean finished, @Nullable Integer size, @Nullable String after) {
        try {
            return new WebEndpointResponse<>(UnreadableDescriptor.of(
                    lookup.unreadable().page(type, finished, Objects.requireNonNullElse(size, CHECKED), after)));
        } catch (IllegalArgumentException invalid) {
            return badRequest(invalid.getMessage());
        }
    }

    private <S extends Session> WebEndpointResponse<?> page(
            Class<S> type, @Nullable String filter, boolean finished, @Nullable Integer size, @Nullable String after) {
        try {
            SessionQuery<S> query = tracker.query(type).after(after);
            query = filter == null ? query : query.where(filter);
            query = finished ? query.finished() : query;
            SessionPage<S> page = (size == null ? query : query.pageSize(size)).page();
            return new WebEndpointResponse<>(new SessionsDescriptor(
                    page.sessions().stream()
                            .map(session -> SessionsDescriptor.Item.of(session, lookup.redaction()))
                            .toList(),
                    page.nextCursor()));
        } catch (IllegalArgumentException invalid) {
            return badRequest(invalid.getMessage());
        }
    }

    /**
     * Returns a session.
     *
     * @param typeAndKey the session's type, and its key, which may have slashes
     * @param finished whether to show the finished session, which restarts its sliding expiration
     */
    @ReadOperation
    public WebEndpointResponse<?> session(
            SecurityContext securityContext,
            @Selector(match = Selector.Match.ALL_REMAINING) String[] typeAndKey,
            @Nullable Boolean finished) {
        boolean showPayload = properties.showPayload().isShown(securityContext, properties.roles());
        return withAddress(
                typeAndKey,
                address -> ofKnown(address.type(), it -> {
                    access.require(Operation.READ, address.type(), address.key());
                    SessionDescriptor found = lookup.find(it, address, Boolean.TRUE.equals(finished), showPayload);
                    return found == null
                            ? notFound("There is no %s session %s"
                                    .formatted(Boolean.TRUE.equals(finished) ? "finished" : "running", address))
                            : new WebEndpointResponse<>(found);
                }));
    }

    /** Sweeps now: delivers expired sessions and repairs indexes. */
    @WriteOperation
    public SweepResult sweep() {
        return new SweepResult(tracker.expireSessions());
    }

    /**
     * Finishes a running session, or resumes a finished one.
     *
     * @param action {@code finish} or {@code resume}; a string, as Actuator refuses an unknown enum value without a reason
     */
    @WriteOperation
    public WebEndpointResponse<?> transition(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] typeAndKey, @Nullable String action) {
        return withAddress(
                typeAndKey,
                address -> ofKnown(address.type(), it -> {
                    access.require(null, address.type(), address.key());
                    if ("finish".equalsIgnoreCase(action)) {
                        return answer(tracker.finish(it, address.key()));
                    }
                    if ("resume".equalsIgnoreCase(action)) {
                        return answer(tracker.resume(it, address.key()));
                    }
                    return badRequest("\"action\" must be \"finish\" or \"resume\"%s"
                            .formatted(action == null ? "" : ", not \"" + action + "\""));
                }));
    }

    /** Deletes the running and the finished session of a key. */
    @DeleteOperation
    public WebEndpointResponse<?> delete(@Selector(match = Selector.Match.ALL_REMAINING) String[] typeAndKey) {
        return withAddress(
                typeAndKey,
                address -> ofKnown(address.type(), it -> {
                    access.require(null, address.type(), address.key());
                    return answer(tracker.delete(it, address.key()));
                }));
    }

    private WebEndpointResponse<?> ofKnown(
            String type, Function<Class<? extends Session>, WebEndpointResponse<?>> operation) {
        Class<? extends Session> known = tracker.knownTypes().get(type);
        return known == null
                ? notFound("This instance knows no session type \"%s\"; it knows %s"
                        .formatted(type, tracker.knownTypes().keySet()))
                : orUnavailable(() -> operation.apply(known));
    }

    private static WebEndpointResponse<?> orUnavailable(Supplier<WebEndpointResponse<?>> operation) {
        try {
            return operation.get();
        } catch (SessionStoreException failed) {
            return failure(failed, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        } catch (SessionAccessDeniedException denied) {
            return failure(denied, FORBIDDEN);
        }
    }

    private static WebEndpointResponse<?> failure(Exception failure, int status) {
        return new WebEndpointResponse<>(new FailureDescriptor(String.valueOf(failure.getMessage())), status);
    }

    private static WebEndpointResponse<?> answer(SessionResult<?> result) {
        return result.failure()
                .<WebEndpointResponse<?>>map(error -> new WebEndpointResponse<>(
                        new FailureDescriptor(error.message()),
                        error instanceof SessionError.NotFound ? WebEndpointResponse.STATUS_NOT_FOUND : CONFLICT))
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT));
    }

    private static WebEndpointResponse<?> notFound(String reason) {
        return new WebEndpointResponse<>(new FailureDescriptor(reason), WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static WebEndpointResponse<?> badRequest(@Nullable String reason) {
        return new WebEndpointResponse<>(
                new FailureDescriptor(String.valueOf(reason)), WebEndpointResponse.STATUS_BAD_REQUEST);
    }

    // One selector for both: on WebFlux, ALL_REMAINING includes the segments of preceding selectors.
    private static WebEndpointResponse<?> withAddress(
            String[] typeAndKey, Function<SessionAddress, WebEndpointResponse<?>> operation) {
        String type = typeAndKey.length == 0 ? "" : typeAndKey[0];
        String key = Arrays.stream(typeAndKey).skip(1).collect(Collectors.joining("/"));
        SessionAddress address;
        try {
            address = new SessionAddress(type, key);
        } catch (IllegalArgumentException invalid) {
            return badRequest(invalid.getMessage());
        }
        return operation.apply(address);
    }
}

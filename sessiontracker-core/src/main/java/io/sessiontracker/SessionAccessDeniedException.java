package io.sessiontracker;

import org.jspecify.annotations.Nullable;

/** A {@link SessionAuthorizer} refused a call; nothing has happened. */
public class SessionAccessDeniedException extends SessionTrackerException {

    private final transient SessionAccess access;

    /** Creates a refusal that names what was refused. */
    public SessionAccessDeniedException(SessionAccess access) {
        this(access, (Throwable) null);
    }

    /**
     * Creates a refusal.
     *
     * @param reason why, for the message
     */
    public SessionAccessDeniedException(SessionAccess access, String reason) {
        super(messageOf(access) + ": " + reason, null);
        this.access = access;
    }

    /**
     * Creates a refusal.
     *
     * @param cause why, if another library decided
     */
    public SessionAccessDeniedException(SessionAccess access, @Nullable Throwable cause) {
        super(messageOf(access), cause);
        this.access = access;
    }

    /** Returns what was refused. */
    public SessionAccess access() {
        return access;
    }

    private static String messageOf(SessionAccess access) {
        String subject =
                access.key() == null ? "sessions of type " + access.type() : access.type() + "/" + access.key();
        return "Access denied: %s (%s) of %s".formatted(access.method(), access.operation(), subject);
    }
}

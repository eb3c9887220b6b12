package io.sessiontracker;

import java.util.List;

import io.sessiontracker.SessionAccess.Operation;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.SessionAccess.Operation.END;
import static io.sessiontracker.SessionAccess.Operation.QUERY;
import static io.sessiontracker.SessionAccess.Operation.READ;
import static io.sessiontracker.SessionAccess.Operation.WRITE;

/** The methods of a tracker and its queries, which all of its APIs have, with the kinds of access that each of them is. */
public enum TrackerMethod {
    START("start", WRITE),
    GET_OR_START("getOrStart", READ, WRITE),
    GET("get", READ),
    GET_ALL("getAll", READ),
    PEEK("peek", READ),
    WATCH("watch", READ),
    GET_FINISHED("getFinished", READ),
    EXPIRES_AT("expiresAt", READ),
    REFRESH("refresh", WRITE),
    EXPIRE("expire", WRITE),
    UPDATE("update", WRITE),
    UPDATE_AND_GET("updateAndGet", WRITE),
    MODIFY("modify", WRITE),
    MODIFY_OR_START("modifyOrStart", WRITE),
    FINISH("finish", END),
    FINISH_AND_GET("finishAndGet", END),
    RESUME("resume", WRITE),
    RESUME_AND_GET("resumeAndGet", WRITE),
    DELETE("delete", END),
    LOCK("lock", Operation.LOCK),
    GET_LOCKED("getLocked", Operation.LOCK, READ),
    COUNT("count", QUERY),
    PAGE("page", QUERY),
    STREAM("stream", QUERY),
    FINISH_ALL("finishAll", END),
    DELETE_ALL("deleteAll", END);

    private final String methodName;
    private final List<Operation> kinds;

    TrackerMethod(String methodName, Operation... kinds) {
        this.methodName = methodName;
        this.kinds = List.of(kinds);
    }

    /** Returns the method's name. */
    public String methodName() {
        return methodName;
    }

    /** Returns what an {@linkplain SessionAuthorizer authorizer} is asked, one after the other. */
    public List<SessionAccess> accesses(String type, @Nullable String key) {
        return kinds.stream()
                .map(kind -> new SessionAccess(kind, type, key, methodName))
                .toList();
    }
}

package io.sessiontracker.engine;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionCodec;

/** The session classes of this process with their names and settings; a name belongs to one class. */
final class SessionTypes {

    private final SessionTrackerSettings settings;
    private final SessionCodec codec;
    private final Map<String, Class<? extends Session>> owners = new ConcurrentHashMap<>();
    private final Set<Class<?>> refused = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, SessionTypeInfo<?>> used = new ConcurrentHashMap<>();

    SessionTypes(SessionTrackerSettings settings, SessionCodec codec, Collection<Class<? extends Session>> known) {
        this.settings = settings;
        this.codec = codec;
        know(known);
    }

    void know(Collection<? extends Class<? extends Session>> classes) {
        classes.forEach(this::claimName);
    }

    @SuppressWarnings("unchecked") // a class is the key of its own info
    <S extends Session> SessionTypeInfo<S> of(Class<S> type) {
        SessionTypeInfo<?> info = used.get(Objects.requireNonNull(type, "A session's class must not be null"));
        return (SessionTypeInfo<S>) (info != null ? info : use(type));
    }

    <S extends Session> SessionTypeInfo<S> of(S session) {
        return of(typeOf(session));
    }

    /** Returns a session's type: its runtime class, also when it is passed as a supertype. */
    @SuppressWarnings("unchecked")
    static <S extends Session> Class<S> typeOf(S session) {
        return (Class<S>)
                Objects.requireNonNull(session, "A session must not be null").getClass();
    }

    /** Returns the classes that this process knows by now, without those that were refused when they were first used. */
    Collection<Class<? extends Session>> known() {
        return owners.values().stream().filter(type -> !refused.contains(type)).toList();
    }

    /** Returns the known classes by type name. */
    SortedMap<String, Class<? extends Session>> byName() {
        SortedMap<String, Class<? extends Session>> byName = new TreeMap<>();
        known().forEach(type -> byName.put(nameOf(type), type));
        return byName;
    }

    /** Returns what {@link #of} does, if sessions of the type can be counted and queried. */
    <S extends Session> SessionTypeInfo<S> queryable(Class<S> type) {
        return of(type).requireQueryable();
    }

    /** Returns the class's type name. */
    String nameOf(Class<? extends Session> type) {
        return SessionInternals.requireTypeName(type);
    }

    private <S extends Session> SessionTypeInfo<?> use(Class<S> type) {
        String name = claimName(type);
        verify(type);
        return used.computeIfAbsent(type, t -> SessionTypeInfo.of(type, name, settings.of(name), codec));
    }

    private void verify(Class<? extends Session> type) {
        try {
            codec.verify(type);
            var unused = PropertyFields.of(type);
        } catch (IllegalStateException unusable) {
            refused.add(type);
            throw unusable;
        }
    }

    private String claimName(Class<? extends Session> type) {
        String name = SessionInternals.requireTypeName(type);
        Class<? extends Session> owner = owners.putIfAbsent(name, type);
        if (owner != null && owner != type) {
            throw new DuplicateSessionTypeException(name, owner, type);
        }
        return name;
    }
}

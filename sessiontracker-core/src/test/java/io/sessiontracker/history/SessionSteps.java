package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/** The calls on one session. */
final class SessionSteps {

    /** A write that no history has. */
    static final OperationToken OTHER_WRITE = new OperationToken(0, 0);

    private SessionSteps() {}

    /** @param knownAs whether the caller knows ids under which its session may run: 0 none, 1 the running one's, 2 a former one */
    record Start(Address address, Content content, Life life, boolean touch, int knownAs, boolean inTurn)
            implements Step {
        @Override
        public void on(History history) {
            history.leaveLastStart(address);
            List<String> known = new ArrayList<>();
            SessionVersion running = history.version(address, false);
            if (knownAs == 1 && running != null) {
                known.add(running.id());
            } else if (knownAs == 2) {
                known.add(history.formerVersion(address).id());
            }
            history.send(attempt(history, known, content, new Sent.Operation(address), history.newToken(inTurn)));
        }

        private Sent attempt(
                History history, List<String> known, Content data, Sent.Operation operation, OperationToken token) {
            List<String> ids = new ArrayList<>(List.of(history.newId(token)));
            ids.addAll(known);
            Lifetimes lifetimes = life.lifetimes(history.now());
            return new Sent(
                    operation,
                    token,
                    store -> store.start(address.address(), ids, data.data(), lifetimes, token, touch),
                    (other, next) -> attempt(history, ids, other, operation, next));
        }
    }

    record Get(Address address, boolean touch) implements Step {
        @Override
        public void on(History history) {
            history.read(store -> store.get(address.address(), touch));
        }
    }

    record GetAsUsual(Address address, boolean touch, Life usual) implements Step {
        @Override
        public void on(History history) {
            Lifetimes lifetimes = usual.lifetimes(history.now());
            history.read(store -> store.get(address.address(), touch, lifetimes));
        }
    }

    /** Of all keys of a type at once. */
    record GetAll(Address one, Life usual) implements Step {
        @Override
        public void on(History history) {
            List<SessionAddress> addresses = Stream.of(Address.values())
                    .map(Address::address)
                    .filter(each -> each.type().equals(one.address().type()))
                    .toList();
            history.readAll(addresses, usual.lifetimes(history.now()));
        }
    }

    /** @param known for any, the running session's version as another write stored it */
    record GetIfChanged(Address address, Which known, boolean touch) implements Step {
        @Override
        public void on(History history) {
            SessionVersion version = (known == Which.ANY ? Which.RUNNING : known).of(history, address);
            OperationToken write = known == Which.ANY ? OTHER_WRITE : history.write(address);
            history.read(store -> store.getIfChanged(address.address(), version, write, touch));
        }
    }

    record GetFinished(Address address) implements Step {
        @Override
        public void on(History history) {
            history.read(store -> store.getFinished(address.address()));
        }
    }

    record Touch(Address address) implements Step {
        @Override
        public void on(History history) {
            history.read(store -> store.touch(address.address()));
        }
    }

    record Expiry(Address address, Which only) implements Step {
        @Override
        public void on(History history) {
            String id = idOf(only.of(history, address));
            history.read(store -> store.expiry(address.address(), id));
        }
    }

    record Expire(Address address, Which only, Life life) implements Step {
        @Override
        public void on(History history) {
            String id = idOf(only.of(history, address));
            Lifetimes lifetimes = life.lifetimes(history.now());
            history.read(store -> store.expire(address.address(), id, lifetimes));
        }
    }

    private static @Nullable String idOf(@Nullable SessionVersion version) {
        return version == null ? null : version.id();
    }

    /** @param expected for any, the running session's version as another write stored it */
    record Update(Address address, Which expected, Content content, boolean inTurn) implements Step {
        @Override
        public void on(History history) {
            SessionVersion version = (expected == Which.ANY ? Which.RUNNING : expected).of(history, address);
            OperationToken write = expected == Which.ANY ? OTHER_WRITE : inTurn ? null : history.write(address);
            history.send(attempt(version, write, content, new Sent.Operation(address), history.newToken(inTurn)));
        }

        private Sent attempt(
                @Nullable SessionVersion version,
                @Nullable OperationToken write,
                Content data,
                Sent.Operation operation,
                OperationToken token) {
            return new Sent(
                    operation,
                    token,
                    store -> store.update(address.address(), version, write, data.data(), token),
                    (other, next) -> attempt(version, write, other, operation, next));
        }
    }

    record Finish(Address address, Which only, Life life, boolean returning, boolean inTurn) implements Step {
        @Override
        public void on(History history) {
            SessionVersion version = only.of(history, address);
            Lifetimes lifetimes = life.withoutRetention().lifetimes(history.now());
            OperationToken token = history.newToken(inTurn);
            history.send(Sent.once(
                    address, token, store -> store.finish(address.address(), version, lifetimes, token, returning)));
        }
    }

    record Resume(Address address, Which only, Life life, boolean returning) implements Step {
        @Override
        public void on(History history) {
            SessionVersion version = only.of(history, address);
            Lifetimes lifetimes = life.lifetimes(history.now());
            OperationToken token = history.newToken(false);
            history.send(Sent.once(
                    address, token, store -> store.resume(address.address(), version, lifetimes, token, returning)));
        }
    }

    record Delete(Address address, SessionStates copies, Which only, boolean returning) implements Step {
        @Override
        public void on(History history) {
            SessionVersion version = only.of(history, address);
            OperationToken token = history.newToken(false);
            history.send(Sent.once(
                    address, token, store -> store.delete(address.address(), copies, version, token, returning)));
        }
    }

    /** A driver that reconnects sends the same command again, byte for byte. */
    record SendAgain(int back) implements Step {
        @Override
        public void on(History history) {
            history.sentBefore(back).ifPresent(history::sendAgain);
        }
    }

    /** A caller repeats a start or an update whose outcome it does not know. */
    record TryAgain(int back, Content content) implements Step {
        @Override
        public void on(History history) {
            history.sentBefore(back).flatMap(sent -> sent.nextAttempt(content)).ifPresent(history::sendAgain);
        }
    }

    /** Several sessions under one key, one after the other, each due at once and kept, some for longer than others. */
    record Generations(Address address, int count, Content content) implements Step {
        @Override
        public void on(History history) {
            for (int i = 0; i < count; i++) {
                new Start(address, content, new Life(-3, 0, 4 - i % 4), false, 0, false).on(history);
            }
        }
    }

    /**
     * More sessions than a key keeps for delivery. The last one has been set aside when this ends: a store that sets an expired
     * session aside only when it gets to it would drop the oldest one later than the model.
     */
    record Overflow(Address address, int count, Content content) implements Step {
        @Override
        public void on(History history) {
            new Generations(address, count, content).on(history);
            new Start(address, content, new Life(30, 0, 0), false, 0, false).on(history);
            new Delete(address, SessionStates.BOTH, Which.ANY, false).on(history);
        }
    }
}

package io.sessiontracker.spi.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.memory.SettableClock;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.KeyState.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is loaded and written, beside what the contract says of the answers. */
class KeyStateDataProviderTest {

    private static final Lifetimes NEVER = new Lifetimes(0, 0, 0, 0);
    private static final Lifetimes MINUTE = new Lifetimes(60_000, 0, 0, 0);

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final RecordingStore store = new RecordingStore();
    private final KeyStateDataProvider provider = new KeyStateDataProvider(store);
    private final SessionAddress address = new SessionAddress("checkout", "key");

    @Test
    void shouldLoadTheRootOnlyForARunningSession() {
        SessionVersion version = start(NEVER);
        provider.get(address, true);
        provider.update(address, version, data("b"), OperationToken.random());
        provider.finish(address, null, NEVER, OperationToken.random(), true);

        assertThat(store.loads).isNotEmpty().allMatch(Set::isEmpty);
    }

    @Test
    void shouldLoadTheFinishedSessionWithTheRoot() {
        startAndFinish();
        store.loads.clear();
        assertThat(provider.getFinished(address)).isCompletedWithValueMatching(StoreReply.Done.class::isInstance);

        assertThat(store.loads).isNotEmpty().allMatch(Set.of(Part.FINISHED)::equals);
    }

    @Test
    void shouldLoadAPartThatATransitionTurnsOutToNeed() {
        startAndFinish();
        store.loads.clear();
        StoreReply reply = join(provider.delete(address, SessionStates.BOTH, null, OperationToken.random(), true));

        assertThat(((StoreReply.Done) reply).session()).isNotNull();
        assertThat(store.loads.get(0)).isEmpty();
        assertThat(store.loads.subList(1, store.loads.size())).isNotEmpty().allMatch(Set.of(Part.FINISHED)::equals);
    }

    @Test
    void shouldDeleteAFinishedSessionWithoutLoadingIt() {
        startAndFinish();
        store.loads.clear();
        provider.delete(address, SessionStates.BOTH, null, OperationToken.random(), false);

        assertThat(store.loads).allMatch(Set::isEmpty);
    }

    @Test
    void shouldLoadOnlyTheExpiredSessionsThatItClaims() {
        start(due());
        SessionVersion second = start(due());
        join(provider.sweep(SessionSweep.claim("checkout", 1, 60_000)));
        store.loads.clear();
        SessionSweep.Reply reply = join(provider.sweep(SessionSweep.claim("checkout", 5, 60_000)));

        assertThat(reply.claimed()).hasSize(1);
        assertThat(reply.claimed().get(0).session().version()).isEqualTo(second);
        assertThat(store.loads).allMatch(parts -> parts.size() < 2);
    }

    @Test
    void shouldKeepPayloadsOfOthersOutOfTheRoot() {
        startAndFinish();
        start(due());
        start(NEVER);
        provider.delete(address, SessionStates.RUNNING, null, OperationToken.random(), false);
        start(NEVER);

        KeyState last = store.roots.get(store.roots.size() - 1);
        assertThat(last.running()).extracting(SessionEntry::data).isNotNull();
        assertThat(last.expired()).hasSize(1);
        assertThat(last.calls()).flatExtracting(CompletedCall::removed).isNotEmpty();
        assertThat(store.roots)
                .allMatch(root -> root.finished() == null || root.finished().data() == null);
        assertThat(store.roots)
                .flatExtracting(KeyState::expired)
                .allMatch(expired -> ((ExpiredSession) expired).entry().data() == null);
        assertThat(store.roots)
                .flatExtracting(KeyState::calls)
                .allMatch(
                        call -> ((CompletedCall) call).removed().stream().allMatch(removed -> removed.data() == null));
    }

    @Test
    void shouldWriteNothingWhereNothingChanges() {
        start(MINUTE);
        store.swaps = 0;
        provider.get(address, true);
        provider.touch(address);
        provider.getFinished(address);
        provider.finish(address, new SessionVersion("other", 7), NEVER, OperationToken.random(), true);

        assertThat(store.swaps).isZero();
    }

    @Test
    void shouldNotReviveASessionThatWasSeenToBeGone() {
        SessionVersion version = start(MINUTE);
        store.beforeNextSwap = () -> {
            clock.advance(Duration.ofMinutes(1));
            assertThat(join(provider.get(address, false))).isInstanceOf(StoreReply.NotFound.class);
        };
        StoreReply reply = join(provider.update(address, version, data("b"), OperationToken.random()));

        assertThat(reply).isInstanceOf(StoreReply.NotFound.class);
        assertThat(join(provider.get(address, false))).isInstanceOf(StoreReply.NotFound.class);
    }

    @Test
    void shouldChangeNoIndexWithATouch() {
        start(new Lifetimes(0, 0, 60_000, 0));
        clock.advance(Duration.ofSeconds(59));
        store.changes.clear();
        join(provider.touch(address));

        assertThat(store.changes)
                .isNotEmpty()
                .allMatch(
                        each -> each.added().isEmpty() && each.removedEntries().isEmpty());
    }

    @Test
    void shouldCountATouchedSessionAndCorrectItsEntryWithASweep() {
        start(new Lifetimes(0, 0, 60_000, 0));
        clock.advance(Duration.ofSeconds(59));
        join(provider.touch(address));
        clock.advance(Duration.ofSeconds(2));
        assertThat(join(provider.count("checkout", false))).isEqualTo(1);
        assertThat(join(maps().count(Index.RUNNING_DEADLINE, "checkout"))).isZero();
        join(provider.sweep(SessionSweep.repair("checkout", 0)));

        assertThat(join(maps().count(Index.RUNNING_DEADLINE, "checkout"))).isEqualTo(1);
        clock.advance(Duration.ofSeconds(58));
        assertThat(join(provider.count("checkout", false))).isZero();
    }

    @Test
    void shouldNotWriteATouchWithinTheTolerance() {
        start(new Lifetimes(0, 0, 60_000, 0, 1_000));
        store.swaps = 0;
        clock.advance(Duration.ofSeconds(1));
        join(provider.get(address, true));
        assertThat(store.swaps).isZero();
        clock.advance(Duration.ofMillis(1));
        join(provider.get(address, true));
        assertThat(store.swaps).isPositive();
        clock.advance(Duration.ofSeconds(61).minusMillis(1));

        assertThat(join(provider.get(address, false))).isInstanceOf(StoreReply.Done.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(join(provider.get(address, false))).isInstanceOf(StoreReply.NotFound.class);
    }

    @Test
    void shouldReadOnlySessionsWithTheIndexedValue() {
        for (int i = 0; i < 20; i++) {
            SessionData data =
                    new SessionData(Map.of("tenant", i % 10 == 0 ? "acme" : "other"), Set.of("tenant"), new byte[] {1});
            join(provider.start(
                    new SessionAddress("checkout", "key-" + i), ids(), data, NEVER, OperationToken.random(), false));
        }
        store.loads.clear();
        SessionScan.Reply reply = join(provider.scan(new SessionScan(
                "checkout", false, null, 10, SessionFilter.parse("tenant is 'acme'"), Set.of("tenant"))));

        assertThat(reply.sessions()).hasSize(2);
        assertThat(store.loads).hasSize(2);
    }

    @Test
    void shouldAnswerAConflictWithTheStoredSession() {
        SessionVersion version = start(NEVER);
        join(provider.update(address, version, data("b"), OperationToken.random()));
        StoreReply reply = join(provider.update(address, version, data("c"), OperationToken.random()));

        assertThat(((StoreReply.VersionConflict) reply).session())
                .satisfies(stored -> assertThat(stored.data().properties()).containsEntry("state", "b"));
    }

    @Test
    void shouldGiveUpAfterTooManyConflicts() {
        store.refusing = true;

        assertThatThrownBy(() -> start(NEVER))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("checkout/key");
        assertThat(store.swaps).isEqualTo(32);
    }

    @Test
    void shouldFailTheStageWhereTheStoreThrows() {
        store.beforeNextSwap = () -> {
            throw new SessionStoreException("down", null);
        };

        assertThat(provider.start(address, ids(), data("a"), NEVER, OperationToken.random(), false))
                .isCompletedExceptionally();
    }

    private MapKeyStateStore maps() {
        return store.maps;
    }

    private SessionVersion start(Lifetimes lifetimes) {
        OperationToken token = OperationToken.random();
        StoreReply reply =
                join(provider.start(address, List.of(token.newSessionId()), data("a"), lifetimes, token, false));
        return ((StoreReply.Started) reply).version();
    }

    private Lifetimes due() {
        return new Lifetimes(0, clock.millis(), 0, 3_600_000);
    }

    private void startAndFinish() {
        start(NEVER);
        join(provider.finish(address, null, NEVER, OperationToken.random(), false));
    }

    @Test
    void shouldNotLoadWhatTheStoreRemembers() {
        SessionVersion version = start(NEVER);
        store.remembered = join(store.maps.load(address, Set.of()));
        store.loads.clear();
        assertThat(join(provider.update(address, version, data("b"), OperationToken.random())))
                .isInstanceOf(StoreReply.Done.class);

        assertThat(store.loads).isEmpty();
    }

    @Test
    void shouldNotAnswerFromMemory() {
        SessionVersion version = start(NEVER);
        store.remembered = join(store.maps.load(address, Set.of()));
        new KeyStateDataProvider(store.maps).update(address, version, data("b"), OperationToken.random());
        assertThat(join(provider.get(address, false)))
                .isInstanceOfSatisfying(
                        StoreReply.Done.class,
                        done -> assertThat(done.session().version()).isEqualTo(version.next()));
        assertThat(join(provider.update(address, version, data("c"), OperationToken.random())))
                .isInstanceOfSatisfying(
                        StoreReply.VersionConflict.class,
                        conflict -> assertThat(conflict.actual()).isEqualTo(2));
    }

    @Test
    void shouldNotLoadWhatCameWithARefusal() {
        SessionVersion version = start(NEVER);
        store.bringing = true;
        store.beforeNextSwap =
                () -> new KeyStateDataProvider(store.maps).update(address, version, data("b"), OperationToken.random());
        store.loads.clear();
        assertThat(join(provider.update(address, version, data("c"), OperationToken.random())))
                .isInstanceOf(StoreReply.VersionConflict.class);

        assertThat(store.loads).hasSize(1);
    }

    private static List<String> ids() {
        return List.of(OperationToken.random().newSessionId());
    }

    private static SessionData data(String state) {
        return new SessionData(Map.of("state", state), new byte[] {1});
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** Records what is asked of a store of maps. */
    private final class RecordingStore implements KeyStateStore {

        private final MapKeyStateStore maps = new MapKeyStateStore(clock);
        private final List<Set<Part>> loads = new ArrayList<>();
        private final List<KeyState> roots = new ArrayList<>();
        private final List<KeyStateChanges> changes = new ArrayList<>();
        private int swaps;
        private boolean refusing;
        private boolean bringing;
        private @Nullable LoadedState remembered;
        private Runnable beforeNextSwap = () -> {};

        @Override
        public StoreDescription description() {
            return maps.description();
        }

        @Override
        public CompletionStage<LoadedState> load(SessionAddress loaded, Set<Part> parts) {
            loads.add(parts);
            return maps.load(loaded, parts);
        }

        @Override
        public CompletionStage<SwapReply> swap(SessionAddress changed, long revision, KeyStateChanges changes) {
            swaps++;
            this.changes.add(changes);
            Runnable before = beforeNextSwap;
            beforeNextSwap = () -> {};
            before.run();
            roots.add(changes.root());
            return maps.swap(changed, refusing ? revision + 1 : revision, changes)
                    .thenCompose(reply -> bringing && !reply.done()
                            ? maps.load(changed, Set.of()).thenApply(SwapReply::refusedBy)
                            : CompletableFuture.completedStage(reply));
        }

        @Override
        public @Nullable LoadedState remembered(SessionAddress key) {
            return remembered;
        }

        @Override
        public CompletionStage<List<IndexEntry>> entries(IndexRange range) {
            return maps.entries(range);
        }

        @Override
        public CompletionStage<Set<Group>> groups(Index index, String type) {
            return maps.groups(index, type);
        }

        @Override
        public CompletionStage<String> recordLockProvider(String name, Duration lease) {
            return maps.recordLockProvider(name, lease);
        }

        @Override
        public CompletionStage<Long> count(Index index, String type) {
            return maps.count(index, type);
        }
    }
}

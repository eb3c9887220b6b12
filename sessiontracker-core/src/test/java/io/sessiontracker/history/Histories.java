package io.sessiontracker.history;

import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.history.SessionSteps.Delete;
import io.sessiontracker.history.SessionSteps.Expire;
import io.sessiontracker.history.SessionSteps.Expiry;
import io.sessiontracker.history.SessionSteps.Finish;
import io.sessiontracker.history.SessionSteps.Generations;
import io.sessiontracker.history.SessionSteps.Get;
import io.sessiontracker.history.SessionSteps.GetAll;
import io.sessiontracker.history.SessionSteps.GetAsUsual;
import io.sessiontracker.history.SessionSteps.GetFinished;
import io.sessiontracker.history.SessionSteps.GetIfChanged;
import io.sessiontracker.history.SessionSteps.Overflow;
import io.sessiontracker.history.SessionSteps.Resume;
import io.sessiontracker.history.SessionSteps.SendAgain;
import io.sessiontracker.history.SessionSteps.Start;
import io.sessiontracker.history.SessionSteps.Touch;
import io.sessiontracker.history.SessionSteps.TryAgain;
import io.sessiontracker.history.SessionSteps.Update;
import io.sessiontracker.history.TypeSteps.Acknowledge;
import io.sessiontracker.history.TypeSteps.Condition;
import io.sessiontracker.history.TypeSteps.Count;
import io.sessiontracker.history.TypeSteps.MoveClock;
import io.sessiontracker.history.TypeSteps.Remind;
import io.sessiontracker.history.TypeSteps.Scan;
import io.sessiontracker.history.TypeSteps.Sweep;
import io.sessiontracker.spi.SessionStates;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.IntegerArbitrary;

/** Which histories there are, and how often each step is in them. */
final class Histories {

    private static final int MOST_CHAPTERS = 20;

    private static final Arbitrary<Boolean> EITHER = Arbitraries.of(false, true);
    private static final Arbitrary<String> TYPE =
            Arbitraries.frequency(Tuple.of(4, Address.TYPES.get(0)), Tuple.of(1, Address.TYPES.get(1)));
    /** Mostly one, so that much happens to it. */
    private static final Arbitrary<Address> ADDRESS = Arbitraries.frequency(
            Tuple.of(8, Address.A),
            Tuple.of(3, Address.B),
            Tuple.of(1, Address.C),
            Tuple.of(1, Address.ALONE),
            Tuple.of(1, Address.OTHER_TYPE));

    private static final Arbitrary<Which> RIGHT_OR_WRONG = Arbitraries.frequency(
            Tuple.of(8, Which.ANY),
            Tuple.of(6, Which.RUNNING),
            Tuple.of(4, Which.FINISHED),
            Tuple.of(2, Which.EARLIER),
            Tuple.of(1, Which.LATER),
            Tuple.of(2, Which.FORMER_ID),
            Tuple.of(1, Which.NO_ID));
    private static final Arbitrary<Integer> REMINDERS = Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)), Tuple.of(3, even(1, Content.REMINDERS.size() - 1)));
    private static final Arbitrary<Content> CONTENT = Combinators.combine(
                    even(0, Content.TENANTS.size() - 1),
                    EITHER,
                    even(0, (1 << Content.NAMES.size()) - 1),
                    REMINDERS,
                    even(0, 9))
            .as(Content::new);
    private static final Arbitrary<Life> LIFE = Combinators.combine(
                    Arbitraries.frequencyOf(
                            Tuple.of(4, Arbitraries.just(0)), Tuple.of(4, even(1, 8)), Tuple.of(1, even(-6, -1))),
                    Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(0)), Tuple.of(2, even(1, 5))),
                    Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(0)), Tuple.of(3, even(1, 6))),
                    Arbitraries.frequency(Tuple.of(3, true), Tuple.of(2, false)))
            .as(Life::new);

    private Histories() {}

    static Arbitrary<List<Step>> all() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, anything().map(List::of)),
                        Tuple.of(4, burst()),
                        Tuple.of(1, finishesAndResumes()),
                        Tuple.of(2, doubts()),
                        Tuple.of(1, deliveries()),
                        Tuple.of(2, reminders()),
                        Tuple.of(1, remindersUpToAnEnd()),
                        Tuple.of(2, stayInTouch()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_CHAPTERS)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(chapters -> chapters.stream().flatMap(List::stream).toList());
    }

    private static Arbitrary<Step> anything() {
        return Arbitraries.frequencyOf(
                Tuple.of(16, start(ADDRESS)),
                Tuple.of(10, update(ADDRESS)),
                Tuple.of(10, finish(ADDRESS)),
                Tuple.of(8, resume(ADDRESS)),
                Tuple.of(5, delete(ADDRESS)),
                Tuple.of(10, read(ADDRESS)),
                Tuple.of(6, expire(ADDRESS)),
                Tuple.of(16, repeat()),
                Tuple.of(14, even(1, 4).map(MoveClock::new)),
                Tuple.of(1, even(5, 30).map(MoveClock::new)),
                Tuple.of(10, many()),
                Tuple.of(2, generations()));
    }

    /** Much that happens to one address in a short time, with repeated calls in between. */
    private static Arbitrary<List<Step>> burst() {
        return ADDRESS.flatMap(each -> {
            Arbitrary<Address> address = Arbitraries.just(each);
            return Arbitraries.frequencyOf(
                            Tuple.of(5, start(address)),
                            Tuple.of(2, update(address)),
                            Tuple.of(5, finish(address)),
                            Tuple.of(4, resume(address)),
                            Tuple.of(2, delete(address)),
                            Tuple.of(2, expire(address)),
                            Tuple.of(5, repeat()),
                            Tuple.of(1, even(1, 2).map(MoveClock::new)))
                    .list()
                    .ofMinSize(3)
                    .ofMaxSize(12);
        });
    }

    /** An update whose outcome its caller or its driver does not know, while others may write. */
    private static Arbitrary<List<Step>> doubts() {
        return ADDRESS.flatMap(each -> {
            Arbitrary<Address> address = Arbitraries.just(each);
            Arbitrary<Step> first = Combinators.combine(address, CONTENT, EITHER)
                    .as((a, c, turn) -> new Update(a, Which.RUNNING, c, turn));
            Arbitrary<List<Step>> then = Arbitraries.frequencyOf(
                            Tuple.of(4, even(0, 3).map(SendAgain::new)),
                            Tuple.of(3, Combinators.combine(even(0, 3), CONTENT).as(TryAgain::new)),
                            Tuple.of(3, first),
                            Tuple.of(1, finish(address)))
                    .list()
                    .ofMinSize(2)
                    .ofMaxSize(8);
            return Combinators.combine(start(address), first, then)
                    .as((start, update, more) -> Stream.concat(Stream.of(start, update), more.stream())
                            .toList());
        });
    }

    /** Several that have expired under a key, and what comes of them bit by bit. */
    private static Arbitrary<List<Step>> deliveries() {
        Arbitrary<List<Step>> then = Arbitraries.frequencyOf(
                        Tuple.of(5, sweep()),
                        Tuple.of(4, acknowledge()),
                        Tuple.of(1, Arbitraries.just(new MoveClock(1))),
                        Tuple.of(1, start(ADDRESS)))
                .list()
                .ofMinSize(2)
                .ofMaxSize(8);
        return Combinators.combine(generations(), then)
                .as((first, more) ->
                        Stream.concat(Stream.of(first), more.stream()).toList());
    }

    /** A session whose reminders fall due while it is used. */
    private static Arbitrary<List<Step>> reminders() {
        return ADDRESS.flatMap(each -> {
            Arbitrary<Address> address = Arbitraries.just(each);
            Arbitrary<List<Step>> then = Arbitraries.frequencyOf(
                            Tuple.of(6, remind()),
                            Tuple.of(4, acknowledge()),
                            Tuple.of(4, even(1, 2).map(MoveClock::new)),
                            Tuple.of(3, update(address)),
                            Tuple.of(2, read(address)),
                            Tuple.of(2, expire(address)),
                            Tuple.of(1, finish(address)),
                            Tuple.of(1, resume(address)))
                    .list()
                    .ofMinSize(3)
                    .ofMaxSize(12);
            return Combinators.combine(start(address), then)
                    .as((first, more) ->
                            Stream.concat(Stream.of(first), more.stream()).toList());
        });
    }

    /** A session that is used while it is reminded of its expiry, up to an end that no use defers. */
    private static Arbitrary<List<Step>> remindersUpToAnEnd() {
        return ADDRESS.flatMap(address -> {
            Arbitrary<Content> reminding = Combinators.combine(CONTENT, Arbitraries.of(2, 3))
                    .as((content, reminders) -> new Content(
                            content.tenant(), content.colour(), content.indexed(), reminders, content.payload()));
            Arbitrary<Life> ending = Combinators.combine(even(2, 4), even(1, 2), even(0, 2))
                    .as((sliding, more, retention) -> new Life(sliding + more, sliding, retention));
            Step remind = new Remind(address.address().type(), 100, 4, true);
            List<Step> unused = List.of(new MoveClock(1), remind, new Acknowledge(4, true), remind);
            List<Step> used = List.of(new MoveClock(1), new Touch(address), remind, new Acknowledge(4, true), remind);
            Arbitrary<List<Step>> then = Arbitraries.of(unused, used)
                    .list()
                    .ofMinSize(3)
                    .ofMaxSize(7)
                    .map(ticks -> ticks.stream().flatMap(List::stream).toList());
            return Combinators.combine(reminding, ending, then)
                    .as((content, life, more) -> Stream.concat(
                                    Stream.of(
                                            new Delete(address, SessionStates.BOTH, Which.ANY, false),
                                            new Start(address, content, life, false, 0, false)),
                                    more.stream())
                            .toList());
        });
    }

    /** More sessions expired under a key than it keeps for delivery, and nothing else that starts a session. */
    static Arbitrary<List<Step>> overflows() {
        Arbitrary<Step> overflow = Combinators.combine(Arbitraries.of(Address.A, Address.B), even(14, 24), CONTENT)
                .as(Overflow::new);
        Arbitrary<List<Step>> then = Arbitraries.frequencyOf(
                        Tuple.of(6, sweep()),
                        Tuple.of(4, acknowledge()),
                        Tuple.of(2, even(1, 2).map(MoveClock::new)),
                        Tuple.of(2, overflow))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
        return Combinators.combine(overflow, then)
                .as((first, more) ->
                        Stream.concat(Stream.of(first), more.stream()).toList());
    }

    /** Finish and resume for ever, where only the records of calls distinguish one time from another. */
    private static Arbitrary<List<Step>> finishesAndResumes() {
        Arbitrary<Life> forEver = EITHER.map(queryable -> new Life(0, 0, 0, queryable));
        return Combinators.combine(ADDRESS, CONTENT)
                .flatAs((address, content) -> Arbitraries.<Step>frequencyOf(
                                Tuple.of(
                                        3,
                                        Combinators.combine(EITHER, forEver)
                                                .as((known, life) ->
                                                        new Start(address, content, life, false, 0, known))),
                                Tuple.of(
                                        5,
                                        Combinators.combine(EITHER, forEver)
                                                .as((turn, life) -> new Finish(address, Which.ANY, life, true, turn))),
                                Tuple.of(4, forEver.map(life -> new Resume(address, Which.ANY, life, true))),
                                Tuple.of(
                                        1,
                                        Arbitraries.of(SessionStates.class)
                                                .map(copies -> new Delete(address, copies, Which.ANY, true))),
                                Tuple.of(4, even(0, 8).map(SendAgain::new)))
                        .list()
                        .ofMinSize(5)
                        .ofMaxSize(30));
    }

    /** A session that is used again and again, for longer than its sliding lifetime. */
    private static Arbitrary<List<Step>> stayInTouch() {
        return ADDRESS.flatMap(each -> {
            Arbitrary<Step> use = Arbitraries.oneOf(read(Arbitraries.just(each)), update(Arbitraries.just(each)));
            return use.list()
                    .ofMinSize(2)
                    .ofMaxSize(6)
                    .map(uses -> uses.stream()
                            .flatMap(next -> Stream.of(new MoveClock(1), next))
                            .toList());
        });
    }

    private static Arbitrary<Integer> even(int from, int to) {
        IntegerArbitrary numbers = Arbitraries.integers().between(from, to);
        int simplest = Math.max(from, Math.min(0, to));
        return numbers.shrinkTowards(simplest).withDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Step> start(Arbitrary<Address> address) {
        return Combinators.combine(address, CONTENT, LIFE, EITHER, even(0, 2), EITHER)
                .as(Start::new);
    }

    private static Arbitrary<Step> update(Arbitrary<Address> address) {
        return Combinators.combine(address, RIGHT_OR_WRONG, CONTENT, EITHER).as(Update::new);
    }

    private static Arbitrary<Step> finish(Arbitrary<Address> address) {
        return Combinators.combine(address, RIGHT_OR_WRONG, LIFE, EITHER, EITHER)
                .as(Finish::new);
    }

    private static Arbitrary<Step> resume(Arbitrary<Address> address) {
        return Combinators.combine(address, RIGHT_OR_WRONG, LIFE, EITHER).as(Resume::new);
    }

    private static Arbitrary<Step> delete(Arbitrary<Address> address) {
        return Combinators.combine(address, Arbitraries.of(SessionStates.class), RIGHT_OR_WRONG, EITHER)
                .as(Delete::new);
    }

    private static Arbitrary<Step> read(Arbitrary<Address> address) {
        return Arbitraries.oneOf(
                Combinators.combine(address, EITHER).as(Get::new),
                Combinators.combine(address, EITHER, LIFE).as(GetAsUsual::new),
                Combinators.combine(address, LIFE).as(GetAll::new),
                Combinators.combine(address, RIGHT_OR_WRONG, EITHER).as(GetIfChanged::new),
                address.map(GetFinished::new),
                address.map(Touch::new));
    }

    private static Arbitrary<Step> expire(Arbitrary<Address> address) {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(address, RIGHT_OR_WRONG, LIFE).as(Expire::new)),
                Tuple.of(1, Combinators.combine(address, RIGHT_OR_WRONG).as(Expiry::new)));
    }

    private static Arbitrary<Step> repeat() {
        Arbitrary<Integer> back = Arbitraries.frequencyOf(Tuple.of(3, even(0, 3)), Tuple.of(2, even(4, 12)));
        return Arbitraries.oneOf(
                back.map(SendAgain::new), Combinators.combine(back, CONTENT).as(TryAgain::new));
    }

    private static Arbitrary<Step> many() {
        return Arbitraries.oneOf(
                Combinators.combine(TYPE, EITHER).as(Count::new),
                Combinators.combine(
                                TYPE,
                                EITHER,
                                Arbitraries.of(1, 2, 3, 200),
                                Arbitraries.of(Condition.class),
                                ADDRESS.injectNull(0.7),
                                EITHER)
                        .as(Scan::new),
                sweep(),
                remind(),
                acknowledge());
    }

    private static Arbitrary<Step> sweep() {
        return Combinators.combine(
                        TYPE, Arbitraries.of(0, 1, 2, 5, 100), even(1, 4), Arbitraries.of(0, 0, 0, 1, 4), EITHER)
                .as(Sweep::new);
    }

    private static Arbitrary<Step> remind() {
        return Combinators.combine(TYPE, Arbitraries.of(1, 2, 100), even(1, 4), EITHER)
                .as(Remind::new);
    }

    private static Arbitrary<Step> acknowledge() {
        return Combinators.combine(even(1, 4), EITHER).as(Acknowledge::new);
    }

    /** Few: of more than sixteen a store drops one when it gets to it, and until then it may have become another. */
    private static Arbitrary<Step> generations() {
        return Combinators.combine(ADDRESS, Arbitraries.of(2, 3, 5), CONTENT).as(Generations::new);
    }
}

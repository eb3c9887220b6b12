package io.sessiontracker.sample.checkout;

import java.util.Collection;
import java.util.List;

import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.sample.web.InvalidCursor;
import io.sessiontracker.sample.web.ShopId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets operators search the running checkouts, which does not keep them alive. */
@RestController
@RequestMapping("/checkouts")
class CheckoutSearchController {

    private static final int PAGE_SIZE = 20;

    private final SessionTracker tracker;

    CheckoutSearchController(SessionTracker tracker) {
        this.tracker = tracker;
    }

    /** Returns a page; its {@code next} is the {@code after} of the next one, on any instance. */
    @GetMapping
    Page search(
            @RequestParam(defaultValue = "all") String filter,
            @RequestParam(defaultValue = "false") boolean newest,
            @RequestParam(required = false) @Nullable String after) {
        SessionQuery<CheckoutSession> query =
                tracker.query(CheckoutSession.class).where(filter).pageSize(PAGE_SIZE);
        SessionPage<CheckoutSession> page = page(newest ? query.newestFirst() : query, after);
        return new Page(page.sessions().stream().map(CheckoutView::of).toList(), page.nextCursor());
    }

    /** Returns those of these orders that are running, in that order; the others are left out. */
    @GetMapping(params = "order")
    Page get(@RequestParam List<@ShopId String> order) {
        Collection<CheckoutSession> found =
                tracker.getAll(CheckoutSession.class, order).values();
        return new Page(found.stream().map(CheckoutView::of).toList(), null);
    }

    private static SessionPage<CheckoutSession> page(SessionQuery<CheckoutSession> query, @Nullable String after) {
        try {
            return query.after(after).page();
        } catch (IllegalArgumentException noCursorOfThisQuery) {
            throw new InvalidCursor();
        }
    }

    /** Ends all checkouts of a customer. Builds the filter, so that no name can change its meaning. */
    @DeleteMapping
    Ended endAll(@RequestParam @ShopId String customer) {
        return new Ended(tracker.query(CheckoutSession.class)
                .where(SessionFilter.property(CheckoutSession.CUSTOMER).is(customer))
                .deleteAll());
    }

    record Page(List<CheckoutView> checkouts, @Nullable String next) {}

    record Ended(long ended) {}
}

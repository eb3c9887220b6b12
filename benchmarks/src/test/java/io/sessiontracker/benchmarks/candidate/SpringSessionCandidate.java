package io.sessiontracker.benchmarks.candidate;

import java.util.Objects;
import java.util.function.UnaryOperator;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Spring Session, used as its filter does: find, change, save. */
class SpringSessionCandidate<S extends Session> implements Candidate {

    private static final String CART = "cart";

    private final SessionRepository<S> repository;

    SpringSessionCandidate(SessionRepository<S> repository) {
        this.repository = repository;
    }

    @Override
    public String start(String key, String tenant, Cart cart) {
        S session = repository.createSession();
        session.setAttribute(CART, cart);
        if (repository instanceof FindByIndexNameSessionRepository) {
            session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, tenant);
        }
        repository.save(session);
        return session.getId();
    }

    @Override
    public S get(String id) {
        return Objects.requireNonNull(repository.findById(id), id);
    }

    @Override
    public void change(String id, UnaryOperator<Cart> edit) {
        S session = get(id);
        session.setAttribute(CART, edit.apply(session.getRequiredAttribute(CART)));
        repository.save(session);
    }

    @Override
    public void finish(String id) {
        repository.deleteById(id);
    }
}

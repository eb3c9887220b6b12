package io.sessiontracker.sample.readme;

import java.util.Optional;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionCallerResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;

/** Who may do what. Not found by a scan: the shop is open to everyone. */
class AccessDecisions {

    @Bean
    AuthorizationManager<SessionAccess> onlyDuringOfficeHours(Office office) {
        return (authentication, access) ->
                new AuthorizationDecision(office.isOpen() || access.operation() == Operation.READ);
    }

    @Bean
    SessionAuthorizer ownCartOnly(CurrentCustomer customer) {
        return access -> {
            if (access.type().equals("cart-session") && !customer.name().equals(access.key())) {
                throw new SessionAccessDeniedException(access);
            }
        };
    }

    @Bean
    SessionCallerResolver callers(CurrentCustomer customer) {
        return () -> Optional.of(new SessionCaller(customer.name()));
    }

    /** Where somebody looks after what is changed. */
    interface Office {
        boolean isOpen();
    }

    /** Who calls. */
    interface CurrentCustomer {
        String name();
    }
}

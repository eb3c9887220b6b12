package io.sessiontracker.autoconfigure.security;

import java.util.Locale;
import java.util.Map;

import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties.Access;
import io.sessiontracker.spring.security.SessionAccessRules;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationContext;

/** Reads the rules of the settings. */
final class AccessRulesFactory {

    private AccessRulesFactory() {}

    static SessionAccessRules create(SessionTrackerProperties properties, ApplicationContext context) {
        SessionAccessRules rules = new SessionAccessRules(context);
        String prefix = SessionTrackerProperties.PREFIX;
        add(rules, prefix + ".defaults", null, properties.defaults().access());
        for (Map.Entry<String, SessionTrackerProperties.Type> type :
                properties.types().entrySet()) {
            add(
                    rules,
                    prefix + ".types." + type.getKey(),
                    type.getKey(),
                    type.getValue().access());
        }
        return rules;
    }

    private static void add(SessionAccessRules rules, String path, @Nullable String type, Access access) {
        access.rules().forEach((name, expression) -> {
            try {
                rules.add(
                        type,
                        Access.ANY.equals(name) ? null : Operation.valueOf(name.toUpperCase(Locale.ROOT)),
                        expression);
            } catch (IllegalArgumentException invalid) {
                throw new InvalidConfigurationPropertyValueException(
                        path + ".access." + name, expression, String.valueOf(invalid.getMessage()));
            }
        });
    }
}

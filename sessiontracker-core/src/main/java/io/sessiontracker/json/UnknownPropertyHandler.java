package io.sessiontracker.json;

import java.util.Set;

import io.sessiontracker.Session;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/**
 * Keeps the properties of a session that its class does not know. Those of other classes are left to the mapper: they belong to an instance
 * that the application may replace, so there is nothing to keep them with.
 */
final class UnknownPropertyHandler extends DeserializationProblemHandler {

    private final Class<?> type;
    private final Set<String> own;

    /**
     * @param type the session class
     * @param own its properties, some of which may be written only
     */
    UnknownPropertyHandler(Class<?> type, Set<String> own) {
        this.type = type;
        this.own = own;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            Object beanOrClass,
            String name) {
        if (!(beanOrClass instanceof Session session) || session.getClass() != type) {
            return false;
        }
        if (own.contains(name) || name.equals(StoredJson.VERSION)) {
            parser.skipChildren();
        } else {
            UnknownState.keep(session, name, parser, context);
        }
        return true;
    }
}

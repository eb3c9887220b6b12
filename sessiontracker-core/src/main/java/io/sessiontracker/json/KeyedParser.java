package io.sessiontracker.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.core.util.JsonParserSequence;
import tools.jackson.databind.util.TokenBuffer;

/** Puts the key into a JSON object while it is read, in place of what the object may say itself. */
final class KeyedParser {

    private KeyedParser() {}

    /**
     * An object that begins with the key.
     *
     * @param property the name under which the creator wants the key
     * @param rest a parser at the start of the stored object
     */
    static JsonParser prepend(String property, String key, JsonParser rest) {
        TokenBuffer start = TokenBuffer.forGeneration();
        start.writeStartObject();
        start.writeStringProperty(property, key);
        return JsonParserSequence.createFlattened(
                false, start.asParser(rest.objectReadContext()), new WithoutProperty(property, rest));
    }

    /** Leaves out a property of the outermost object. Its methods for names are not needed: a sequence asks for tokens. */
    private static final class WithoutProperty extends JsonParserDelegate {

        private final String property;

        WithoutProperty(String property, JsonParser delegate) {
            super(delegate);
            this.property = property;
        }

        @Override
        public @Nullable JsonToken nextToken() {
            JsonToken token = delegate.nextToken();
            while (token == JsonToken.PROPERTY_NAME && isUnwanted()) {
                delegate.nextToken();
                delegate.skipChildren();
                token = delegate.nextToken();
            }
            return token;
        }

        private boolean isUnwanted() {
            return property.equals(delegate.currentName())
                    && delegate.streamReadContext().getParent().inRoot();
        }
    }
}

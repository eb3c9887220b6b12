package io.sessiontracker.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.core.util.JsonParserSequence;
import tools.jackson.databind.util.TokenBuffer;

/** Adds the key to a JSON object while it is read, replacing a property of that name. */
final class KeyedParser {

    private KeyedParser() {}

    /**
     * Returns a parser of the object with the key as its first property.
     *
     * @param property the name of the creator's key parameter
     * @param rest a parser at the start of the stored object
     */
    static JsonParser prepend(String property, String key, JsonParser rest) {
        TokenBuffer start = TokenBuffer.forGeneration();
        start.writeStartObject();
        start.writeStringProperty(property, key);
        return JsonParserSequence.createFlattened(
                false, start.asParser(rest.objectReadContext()), new WithoutProperty(property, rest));
    }

    /** Skips a property of the outermost object. Methods for names are not overridden: a parser sequence only uses tokens. */
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

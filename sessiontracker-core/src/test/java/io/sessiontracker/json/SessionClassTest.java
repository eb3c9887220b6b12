package io.sessiontracker.json;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sessiontracker.Session;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Invalid classes are refused at their first use, with what to change. */
@SuppressWarnings({"UnusedVariable", "ClassCanBeStatic"}) // used by Jackson; an inner class is under test
class SessionClassTest {

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    @ParameterizedTest
    @ValueSource(
            classes = {
                SessionFixtures.Bean.class,
                SessionFixtures.PrivateConstructor.class,
                SessionFixtures.Empty.class,
                SessionFixtures.TwoConstructors.class,
                SessionFixtures.InitialContent.class,
                SessionFixtures.Creator.class,
                SessionFixtures.NamedParameters.class,
                SessionFixtures.ImplicitNames.class,
                SessionFixtures.Factory.class,
                SessionFixtures.KeyOnlyFactory.class,
                SessionFixtures.AnnotatedKeyConstructor.class,
                SessionFixtures.KeepsUnknown.class,
                SessionFixtures.Polymorphic.class,
                NoJson.class,
                ByPlainInterface.class
            })
    void shouldAcceptStorableClasses(Class<? extends Session> type) {
        assertThatCode(() -> codec.verify(type)).doesNotThrowAnyException();
    }

    static class NoJson extends Session {
        @JsonIgnore
        public String id;

        private transient String version;
        public transient String properties;
        public static String startedAt;

        NoJson(String key) {
            super(key);
        }
    }

    static class PublicField extends Session {
        public String id;

        PublicField(String key) {
            super(key);
        }
    }

    static class Setter extends Session {
        Setter(String key) {
            super(key);
        }

        public void setVersion(int version) {}
    }

    static class Getter extends Session {
        Getter(String key) {
            super(key);
        }

        public boolean isProperties() {
            return true;
        }
    }

    static class Expiring extends Session {
        private Instant expiresAt = Instant.EPOCH;

        Expiring(String key) {
            super(key);
        }
    }

    static class Renamed extends Session {
        Renamed(String key) {
            super(key);
        }

        @JsonProperty("startedAt")
        public Instant getBegin() {
            return Instant.EPOCH;
        }
    }

    static class RenamedByNaming extends Session {
        public String iD;

        RenamedByNaming(String key) {
            super(key);
        }
    }

    @JsonNaming(LowerCase.class)
    static class NamedByStrategy extends Session {
        public String iD;

        NamedByStrategy(String key) {
            super(key);
        }
    }

    static class LowerCase extends tools.jackson.databind.PropertyNamingStrategies.NamingBase {
        @Override
        public String translate(String name) {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
    }

    static class Parameter extends Session {
        @JsonCreator
        Parameter(@JsonProperty("key") String key, @JsonProperty("properties") Map<String, String> properties) {
            super(key);
        }
    }

    static class ImplicitParameter extends Session {
        @JsonCreator
        ImplicitParameter(String key, long version) {
            super(key);
        }
    }

    static class KeyField extends Session {
        @JsonProperty("key")
        private String ownKey;

        KeyField(String key) {
            super(key);
            this.ownKey = key;
        }
    }

    static class KeyFieldAndCreator extends Session {
        public final String key;

        @JsonCreator
        KeyFieldAndCreator(@JsonProperty("key") String key) {
            super(key);
            this.key = key;
        }
    }

    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    static class VisibleFields extends Session {
        private String id;

        VisibleFields(String key) {
            super(key);
        }
    }

    static class Unwrapped extends Session {
        @JsonUnwrapped
        public Part part;

        Unwrapped(String key) {
            super(key);
        }

        static class Part {
            public String id;
        }
    }

    interface HasKey {
        @JsonProperty("key")
        String getKey();
    }

    interface HasPlainKey {
        @JsonProperty
        String getKey();
    }

    static class ByPlainInterface extends Session implements HasPlainKey {
        ByPlainInterface(String key) {
            super(key);
        }
    }

    static class ByInterface extends Session implements HasKey {
        ByInterface(String key) {
            super(key);
        }
    }

    @Test
    void shouldRefusePropertiesWithTheNamesOfMetadata() {
        assertRefused(PublicField.class, "\"id\"");
        assertRefused(Setter.class, "\"version\"");
        assertRefused(Getter.class, "\"properties\"");
        assertRefused(Renamed.class, "\"startedAt\"");
        assertRefused(Expiring.class, "\"expiresAt\"");
        assertRefused(NamedByStrategy.class, "\"id\"");
        assertRefused(Parameter.class, "\"properties\"");
        assertRefused(ImplicitParameter.class, "\"version\"");
        assertRefused(KeyField.class, "\"key\"");
        assertRefused(KeyFieldAndCreator.class, "\"key\"");
        assertRefused(VisibleFields.class, "\"id\"");
        assertRefused(Unwrapped.class, "\"id\"");
        assertRefused(ByInterface.class, "\"key\"");
    }

    abstract static class Abstract extends Session {
        Abstract(String key) {
            super(key);
        }
    }

    class Inner extends Session {
        Inner(String key) {
            super(key);
        }
    }

    static class NoKey extends Session {
        NoKey() {
            super("k");
        }
    }

    static class MoreThanTheKey extends Session {
        public MoreThanTheKey(String key, String address) {
            super(key);
        }
    }

    static class CreatorWithoutKey extends Session {
        @JsonCreator
        CreatorWithoutKey(@JsonProperty("address") String address) {
            super("k");
        }
    }

    static class DelegatingCreator extends Session {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        DelegatingCreator(Map<String, Object> all) {
            super("k");
        }
    }

    static class DisabledCreator extends Session {
        @JsonCreator(mode = JsonCreator.Mode.DISABLED)
        DisabledCreator(@JsonProperty("key") String key, @JsonProperty("address") String address) {
            super(key);
        }
    }

    @JsonDeserialize(builder = Built.Builder.class)
    static class Built extends Session {
        Built(String key) {
            super(key);
        }

        static class Builder {
            Built build() {
                return new Built("k");
            }
        }
    }

    static class TwoSetters extends Session {
        TwoSetters(String key) {
            super(key);
        }

        public void setAddress(List<String> address) {}

        public void setAddress(Map<String, String> address) {}
    }

    @Test
    void shouldExplainWhatToChange() {
        assertRefused(Abstract.class, "abstract");
        assertRefused(Inner.class, "static nested");
        assertRefused(new Session("k") {}.getClass(), "static nested");
        assertRefused(NoKey.class, "a single String");
        assertRefused(MoreThanTheKey.class, "@JsonCreator with a parameter @JsonProperty(\"key\")");
        assertRefused(CreatorWithoutKey.class, "@JsonCreator without the key");
        assertRefused(DelegatingCreator.class, "mode = PROPERTIES");
        assertRefused(DisabledCreator.class, "a single String");
        assertRefused(Built.class, "builder");
        assertRefused(TwoSetters.class, "setAddress");
    }

    @Test
    void shouldRefuseAtFirstUseEvenWithoutVerify() {
        var address = new SessionAddress("checkout", "k");

        assertThatIllegalStateException().isThrownBy(() -> codec.encode(address, new PublicField("k")));
        assertThatIllegalStateException().isThrownBy(() -> codec.decode(address, NoKey.class, new byte[0]));
    }

    @Test
    void shouldAcceptNamesThatDifferInCase() {
        codec.verify(RenamedByNaming.class);
    }

    @Test
    void shouldRespectMixInsOfGivenMapper() {
        codec.verify(SessionFixtures.Bean.class);
        var renaming = new JacksonSessionCodec(JsonMapper.builder()
                .addMixIn(SessionFixtures.Bean.class, RenamesAddress.class)
                .build());

        assertThatIllegalStateException()
                .isThrownBy(() -> renaming.verify(SessionFixtures.Bean.class))
                .withMessageContaining("\"id\"");
    }

    abstract static class RenamesAddress {
        @JsonProperty("id")
        String address;
    }

    private void assertRefused(Class<? extends Session> type, String message) {
        assertThatIllegalStateException()
                .as(type.getSimpleName())
                .isThrownBy(() -> codec.verify(type))
                .withMessageContaining(type.getName())
                .withMessageContaining(message);
    }
}

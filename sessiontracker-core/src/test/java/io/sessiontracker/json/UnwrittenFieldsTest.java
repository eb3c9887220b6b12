package io.sessiontracker.json;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sessiontracker.Session;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class UnwrittenFieldsTest {

    private final JsonMapper mapper = SessionMapper.adapt(SessionMapper.create());

    @Test
    void shouldFindFieldsThatJacksonDoesNotSee() {
        assertThat(UnwrittenFields.find(mapper, Forgetful.class)).containsExactly("forgotten", "writtenOnly");
    }

    @Test
    void shouldFindNoneWhereAllAreSeenOrMeantToBeLeftOut() {
        assertThat(UnwrittenFields.find(mapper, Complete.class)).isEmpty();
        assertThat(UnwrittenFields.find(mapper, Collecting.class)).isEmpty();
    }

    static class Forgetful extends Session {
        private String forgotten = "";
        private String writtenOnly = "";

        Forgetful(String key) {
            super(key);
        }

        void remember(String value) {
            forgotten = value + forgotten;
        }

        public void setWrittenOnly(String value) {
            writtenOnly = value + writtenOnly;
        }
    }

    static class Complete extends Session {
        public String open = "";
        static String shared = "";
        transient String passing = "";

        @JsonIgnore
        private String ignored = "";

        @JsonProperty("other")
        private String renamed = "";

        private String address = "";

        Complete(String key) {
            super(key);
        }

        public String getAddress() {
            return address + ignored + renamed;
        }

        public void setAddress(String value) {
            address = value;
        }
    }

    static class Collecting extends Session {
        private final Map<String, Object> unknown = new HashMap<>();

        Collecting(String key) {
            super(key);
        }

        @JsonAnyGetter
        Map<String, Object> unknown() {
            return unknown;
        }
    }
}

package io.sessiontracker.json;

import tools.jackson.databind.json.JsonMapper;

/**
 * The mappers of a codec.
 *
 * @param reading reads sessions
 * @param writing writes them, and reports first writes
 * @param trees reads and writes trees
 */
record SessionMappers(JsonMapper reading, JsonMapper writing, JsonMapper trees) {

    static SessionMappers of(JsonMapper adapted) {
        return new SessionMappers(adapted, SessionMapper.detectingFirstWrites(adapted), SessionMapper.trees(adapted));
    }
}

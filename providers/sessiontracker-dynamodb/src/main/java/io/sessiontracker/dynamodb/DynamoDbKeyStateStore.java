package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore;

/** The states of keys in items of a table. */
final class DynamoDbKeyStateStore implements KeyStateStore {

    DynamoDbKeyStateStore(DynamoDbTable table, String namespace) {}

    @Override
    public StoreDescription description() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> swap(SessionAddress address, long revision, KeyStateChanges changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Set<Group>> groups(Index index, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> count(Index index, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        throw new UnsupportedOperationException();
    }
}

package io.sessiontracker.autoconfigure.jdbc;

import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/** Finds how many connections a data source has. */
final class PoolSize {

    /** What Hikari has by default. */
    private static final int USUAL = 10;

    private PoolSize() {}

    /** Returns the largest number of connections; a usual one for a data source that does not say, or has no limit. */
    static int of(DataSource dataSource, List<DataSourcePoolMetadataProvider> pools) {
        DataSourcePoolMetadata pool =
                new CompositeDataSourcePoolMetadataProvider(pools).getDataSourcePoolMetadata(dataSource);
        Integer largest = pool == null ? null : pool.getMax();
        return largest == null || largest < 1 ? USUAL : largest;
    }
}

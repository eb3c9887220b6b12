/**
 * Sessions and locks in Amazon DynamoDB. One table has an item for each key, one for each finished and each expired session, one for
 * each lock, and one for each indexed property; items are replaced by conditional writes. Uses the engine's API and SPI, and the
 * asynchronous client of the AWS SDK; calls never block.
 */
@NullMarked
package io.sessiontracker.dynamodb;

import org.jspecify.annotations.NullMarked;

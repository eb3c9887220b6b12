/** A DynamoDB for trying the shop. An application on AWS needs nothing of this. */
@NullMarked
package io.sessiontracker.sample.dynamodb;

import org.jspecify.annotations.NullMarked;

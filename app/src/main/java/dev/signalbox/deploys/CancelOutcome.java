package dev.signalbox.deploys;

/** What came of cancelling a deployment. */
public enum CancelOutcome {
    /** It ends within moments, and says so in its log. */
    CANCELLING,
    /** It has ended, or is live. */
    ALREADY_ENDED
}

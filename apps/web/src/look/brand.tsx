/** The proofreader's mark: dots under what stands. */
export const Brand = () => (
  <span className="brand" translate="no">
    stet
  </span>
)

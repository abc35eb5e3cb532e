/** The poster under the fight, and instead of it while there is none: two inks, a cut, and a star. */
export function PosterGround() {
  return (
    <div aria-hidden="true" className="absolute inset-0 overflow-hidden bg-ground">
      <div className="absolute inset-0 bg-p1 [clip-path:polygon(0_0,56%_0,44%_100%,0_100%)]">
        <div className="tone absolute inset-0 bg-ink opacity-15" />
      </div>
      <div className="absolute inset-0 bg-p2 [clip-path:polygon(56%_0,100%_0,100%_100%,44%_100%)]">
        <div className="tone absolute inset-0 bg-ink opacity-15" />
      </div>
      <div className="absolute inset-0 bg-ink [clip-path:polygon(55%_0,57%_0,45%_100%,43%_100%)]" />
      <div className="absolute top-[38%] left-1/2 grid aspect-square w-[min(46vh,60vw)] -translate-x-1/2 -translate-y-1/2 place-items-center">
        <div className="burst absolute inset-0 translate-x-[3%] translate-y-[3%] bg-ink" />
        <div className="burst absolute inset-0 bg-paper" />
        <span className="misprint relative font-poster text-[min(16vh,20vw)] leading-none text-ink">VS</span>
      </div>
    </div>
  );
}

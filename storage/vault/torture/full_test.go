package torture

func (p *player) withFaults(from, to int) int { return 1 }

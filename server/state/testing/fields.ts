/** Fields that several answers of the contract have, as its tables name them; the last of each are additions of ours. */
export const SESSION =
  'session_id scenario_id player_id current_act current_sequence current_act_id current_sequence_id current_turn location status started_at ended_at created_at updated_at';
export const ACT = 'session_id current_phase current_act';
export const SEQUENCE = 'session_id current_sequence';
export const TURN = 'session_id current_turn turn_type created_at phase_at_turn';
export const SHORT = 'turn_number phase_at_turn turn_type state_changes created_at';
export const LONG = `turn_id session_id ${SHORT}`;
export const PHASE = 'previous_phase new_phase turn_at_transition transition_reason transitioned_at';
export const NPC =
  'npc_id scenario_npc_id rule_id name description current_hp tags state assigned_sequence_id assigned_location is_departed';
export const ENEMY =
  'enemy_id enemy_instance_id scenario_enemy_id rule_id name description current_hp tags state assigned_sequence_id assigned_location is_defeated';
